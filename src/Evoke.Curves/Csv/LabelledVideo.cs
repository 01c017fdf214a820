namespace Evoke.Curves.Csv;

/// <summary>One video of a file of the EEV form: its rows and, for each, one value per emotion.</summary>
/// <remarks>In EEV's labels a row of zeros means that no face was detected then: it is missing, not "no emotion".</remarks>
public sealed class LabelledVideo
{
    /// <summary>Joins a video's rows and its curves.</summary>
    /// <param name="times">Which video, and when the rows are.</param>
    /// <param name="curves">Finite values on the same grid.</param>
    /// <exception cref="ArgumentException">Rows and curves are on different grids.</exception>
    public LabelledVideo(VideoTimes times, EmotionCurves curves)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(curves);
        if (times.Grid != curves.Grid)
        {
            throw new ArgumentException($"Video '{times.VideoId}': rows and curves must be on one grid; found {times.Grid} and {curves.Grid}.", nameof(curves));
        }

        Times = times;
        Curves = curves;
    }

    /// <summary>Names a video whose rows are those of its curves.</summary>
    /// <param name="videoId">The video's id, not empty.</param>
    /// <param name="curves">Finite values.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public LabelledVideo(string videoId, EmotionCurves curves)
        : this(new VideoTimes(videoId, curves is null ? throw new ArgumentNullException(nameof(curves)) : curves.Grid), curves)
    {
    }

    /// <summary>The video's id.</summary>
    public string VideoId => Times.VideoId;

    /// <summary>When the rows are.</summary>
    public VideoTimes Times { get; }

    /// <summary>The values, row by row.</summary>
    public EmotionCurves Curves { get; }
}
