using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Films;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Media.Synthesis;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Insights;

/// <summary>Films and predictions for summaries, norms and breaks.</summary>
internal static class InsightFilms
{
    /// <summary>Writes a film that is lively and loud, then silent and still, each for some seconds.</summary>
    public static async Task WriteAsync(string path, double lively, double still)
    {
        SyntheticFilm film = new()
        {
            Scenes =
            [
                new SyntheticScene { Seconds = lively, Pattern = ScenePattern.TestPicture, Motion = 0.9, CutsPerSecond = 1, Loudness = 0.7, Noise = 0.4 },
                new SyntheticScene { Seconds = still, Pattern = ScenePattern.Plain, Brightness = 0.2, Motion = 0, Loudness = 0 },
            ],
            Width = 160,
            Height = 90,
            FrameRate = 12,
        };
        await film.WriteAsync(path, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Writes predictions of affect, film1.json and so on, whose arousal is the more the higher the number.</summary>
    public static void WritePredictions(TemporaryFolder folder, string name, int count)
    {
        EmotionScheme scheme = new(["arousal", "pace", "motion", "loudness"]);
        TimeGrid grid = new(new Rate(6), 60);
        Directory.CreateDirectory(folder.File(name));
        for (int film = 1; film <= count; film++)
        {
            float[] values = [.. Enumerable.Range(0, grid.Count * scheme.Count).Select(i => film / 100f + (i % 7 * 0.01f))];
            PredictionDocument document = new()
            {
                VideoId = $"film{film}",
                SourceName = $"film{film}.mp4",
                DurationSeconds = 10,
                ModelName = "affect",
                Encoders = [VisualLowLevelEncoder.EncoderIdentity.ToString(), AudioLowLevelEncoder.EncoderIdentity.ToString()],
                Curves = new EmotionCurves(scheme, grid, values),
                Film = new FilmTrack(new Rate(1), [3], [.. Enumerable.Repeat(-30.0, 10)]),
            };
            JsonExport.Write(document, folder.File($"{name}/film{film}.json"));
        }
    }
}
