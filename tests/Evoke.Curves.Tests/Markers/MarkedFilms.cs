using System.Text;
using Evoke.Curves.Export;
using Evoke.Curves.Export.Markers;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Tests.Markers;

/// <summary>Films and predictions for files that other programs open.</summary>
internal static class MarkedFilms
{
    /// <summary>What would break a line, a column, an attribute or a tag, and what XML and JSON cannot hold.</summary>
    public const string Hostile = "a\tb\nc|d,e&f<g>\"h'\u0001\u2028i\uD83D\uDE00j\uD800k\uFFFE";

    /// <summary>The rates of films, as ratios.</summary>
    public static TheoryData<long, long> Rates { get; } = new()
    {
        { 24000, 1001 }, { 24, 1 }, { 25, 1 }, { 30000, 1001 }, { 30, 1 }, { 50, 1 }, { 60000, 1001 }, { 60, 1 },
    };

    public static FilmFile Ordinary { get; } = new()
    {
        Location = "film.mp4",
        FrameRate = 25,
        Width = 1920,
        Height = 1080,
        Channels = 2,
        SampleRate = 48000,
    };

    /// <summary>A film of 100 s at 6 Hz with a peak of elation from 2 s to 4 s at 3 s, and a dip of sadness that is one step long.</summary>
    public static PredictionDocument Document { get; } = new()
    {
        VideoId = "film",
        SourceName = "film.mp4",
        DurationSeconds = 100,
        ModelName = "model",
        Curves = new EmotionCurves(new EmotionScheme(["elation", "sadness"]), new TimeGrid(new Rate(6), 600), new float[1200]),
        Moments = [new Moment(0, MomentKind.Peak, 12, 18, 24, 0.8f, 0.5f) { Strength = 3 }, new Moment(1, MomentKind.Dip, 369, 369, 369, 0.1f, 0.2f)],
    };

    /// <summary>A prediction with a step for each frame of a film, so that a moment can begin at a frame's own time.</summary>
    public static PredictionDocument OfFrames(double rate, int frames, params (int First, int Peak, int Last)[] moments) =>
        Made.Document(Made.Curves(rate, ("joy", new float[frames])),
            [.. moments.Select(moment => new Moment(0, MomentKind.Peak, moment.First, moment.Peak, moment.Last, 0.5f, 0.25f))])
        with
        { DurationSeconds = frames / rate };

    public static byte[] Bytes(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        stream.CanWrite.ShouldBeTrue("the stream stays open");
        return stream.ToArray();
    }

    public static string Text(Action<Stream> write) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes(write));
}
