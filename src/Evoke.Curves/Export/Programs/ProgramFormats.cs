using System.Collections.Immutable;
using Evoke.Curves.Export.Chapters;
using Evoke.Curves.Export.Markers;

namespace Evoke.Curves.Export.Programs;

/// <summary>The forms in which moments go into other programs. The command line and Studio offer these.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class ProgramFormats
{
    /// <summary>All of them, in the order in which they are listed.</summary>
    public static ImmutableArray<ProgramFormat> All { get; } =
    [
        new("edl", ".edl", "text/plain", (document, film, own, stream) => MarkerExport.WriteEdl(document, Clock(film, own), stream))
        {
            CountsFrames = true,
            TakesOwnTimecode = true,
        },
        new("markers", "-markers.csv", "text/csv", (document, film, own, stream) => MarkerExport.WriteCsv(document, Clock(film, own), stream))
        {
            CountsFrames = true,
            TakesOwnTimecode = true,
        },
        new("premiere", "-premiere.csv", "text/csv", (document, film, own, stream) => PremiereExport.Write(document, Clock(film, own), stream))
        {
            CountsFrames = true,
            TakesOwnTimecode = true,
        },
        new("otio", ".otio", "application/json", (document, film, _, stream) => OtioExport.Write(document, film, stream))
        {
            CountsFrames = true,
            DescribesFilm = true,
        },
        new("fcpxml", ".fcpxml", "application/xml", (document, film, _, stream) => FcpxmlExport.Write(document, film, stream))
        {
            CountsFrames = true,
            DescribesFilm = true,
        },
        new("elan", "-elan.txt", "text/tab-separated-values", (document, _, _, stream) => MarkerExport.WriteElan(document, stream)),
        new("eaf", ".eaf", "application/xml", (document, film, _, stream) => EafExport.Write(document, film, stream)) { DescribesFilm = true },
        new("youtube", "-youtube.txt", "text/plain",
            (document, _, _, stream) => YouTubeChapters.Write(MomentChapters.Of(document), document.DurationSeconds, stream))
        {
            Obstacle = document => YouTubeChapters.FindObstacle(MomentChapters.Of(document), document.DurationSeconds),
        },
        new("chapters", "-chapters.vtt", "text/vtt",
            (document, _, _, stream) => WebVttChapters.Write(MomentChapters.Of(document), document.DurationSeconds, stream)),
    ];

    /// <summary>The form of a name; null if there is none of that name.</summary>
    public static ProgramFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    private static Timecode Clock(FilmFile film, bool ownTimecode) => ownTimecode ? film.Timecode : Timecode.For(film.FrameRate);
}
