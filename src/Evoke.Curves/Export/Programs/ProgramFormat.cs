using Evoke.Curves.Export.Markers;

namespace Evoke.Curves.Export.Programs;

/// <summary>A form in which moments go into another program.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ProgramFormat
{
    private readonly Action<PredictionDocument, FilmFile, bool, Stream> _write;

    internal ProgramFormat(string name, string ending, string mediaType, Action<PredictionDocument, FilmFile, bool, Stream> write) =>
        (Name, Ending, MediaType, _write) = (name, ending, mediaType, write);

    /// <summary>The name by which it is chosen: "otio".</summary>
    public string Name { get; }

    /// <summary>What follows the name of the video in the name of the file: ".otio", "-markers.csv".</summary>
    public string Ending { get; }

    /// <summary>The media type of the file.</summary>
    public string MediaType { get; }

    /// <summary>True if times are frames, so that the frame rate of the film matters.</summary>
    public bool CountsFrames { get; internal init; }

    /// <summary>True if times start at the film's own timecode only if that is asked for.</summary>
    public bool TakesOwnTimecode { get; internal init; }

    /// <summary>True if the file says more of the film than its name: picture, sound and the timecode of its first frame.</summary>
    public bool DescribesFilm { get; internal init; }

    internal Func<PredictionDocument, string?>? Obstacle { get; init; }

    /// <summary>Why a prediction cannot be written in this form, as a clause; null if it can.</summary>
    public string? FindObstacle(PredictionDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Obstacle?.Invoke(document);
    }

    /// <summary>Writes a file.</summary>
    /// <param name="document">The prediction.</param>
    /// <param name="film">Its video.</param>
    /// <param name="ownTimecode">Where <see cref="TakesOwnTimecode"/>: true to start at the timecode that the file gives for its first frame, if any.</param>
    /// <param name="stream">Where to write; left open.</param>
    /// <exception cref="Chapters.ChaptersException">See <see cref="FindObstacle"/>.</exception>
    public void Write(PredictionDocument document, FilmFile film, bool ownTimecode, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(film);
        _write(document, film, ownTimecode, stream);
    }
}
