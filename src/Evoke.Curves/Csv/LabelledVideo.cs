namespace Evoke.Curves.Csv;

/// <summary>One video of a file in EEV format: its rows and, for each row, one value per emotion.</summary>
/// <remarks>
/// A missing value is NaN. In EEV's labels, a row of zeros means that no face was detected: the labels are missing; it does not mean "no emotion" (see
/// <see cref="EmotionScheme.ZeroRowsAreMissing"/>). Immutable and thread-safe.
/// </remarks>
public sealed class LabelledVideo
{
    /// <summary>Combines a video's rows and curves.</summary>
    /// <param name="times">The video and the times of its rows.</param>
    /// <param name="curves">Values on the same grid, each finite or NaN.</param>
    /// <exception cref="ArgumentException">Rows and curves are on different grids.</exception>
    public LabelledVideo(VideoTimes times, EmotionCurves curves)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(curves);
        if (times.Grid != curves.Grid)
        {
            throw new ArgumentException(
                $"Video '{times.VideoId}': rows and curves must be on the same grid; found {times.Grid} and {curves.Grid}.", nameof(curves));
        }

        Times = times;
        Curves = curves;
    }

    /// <summary>Creates a video whose rows are those of its curves.</summary>
    /// <param name="videoId">The video's id, not empty.</param>
    /// <param name="curves">Values, each finite or NaN.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public LabelledVideo(string videoId, EmotionCurves curves)
        : this(new VideoTimes(videoId, curves is null ? throw new ArgumentNullException(nameof(curves)) : curves.Grid), curves)
    {
    }

    /// <summary>The video's id.</summary>
    public string VideoId => Times.VideoId;

    /// <summary>The times of the rows.</summary>
    public VideoTimes Times { get; }

    /// <summary>The values, row by row.</summary>
    public EmotionCurves Curves { get; }
}
