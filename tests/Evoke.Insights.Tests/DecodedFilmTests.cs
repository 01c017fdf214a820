using Evoke.Curves.Export;
using Evoke.Curves.Measures;
using Evoke.Features;
using Evoke.Heads;
using Evoke.Heads.Reactions;
using Evoke.Insights.Breaks;
using Evoke.Insights.Summaries;
using Evoke.Media.Synthesis;
using Evoke.Testing;

namespace Evoke.Insights.Tests;

/// <summary>A film that ffmpeg makes and decodes, with scenes whose cuts and loudness are known.</summary>
public sealed class DecodedFilmTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PlacesAreWhereALoudSceneEndsInAQuietOne()
    {
        PredictionDocument document = await PredictAsync(Loud(40), Quiet(30), Loud(40), Quiet(40));

        BreakList found = BreakFinder.Find(document, document.Film);

        found.Note.ShouldBeNull();
        found.Places.Select(place => place.Seconds).Order().ShouldBe([40, 110]);
        found.Places.ShouldAllBe(place => place.Decibels < -60);
    }

    [Fact]
    public async Task TheSummaryTellsTheScenes()
    {
        PredictionDocument document = await PredictAsync(Quiet(30), Loud(30));

        MeasureList list = document.Measures!;

        list.Find("pace.cuts_per_minute")!.Value.ShouldBe(30, tolerance: 6); // one a second in the second half
        list.Find("loudness.silent_share")!.Value.ShouldBe(0.5, tolerance: 0.05);
        list.Find("opening_8s.arousal")!.Value.ShouldBeLessThan(list.Find("ending.arousal")!.Value);
        list.Find("calmest.seconds")!.EndSeconds!.Value.ShouldBeLessThan(35);
        list.Find("strongest.deviations")!.AtSeconds!.Value.ShouldBeGreaterThan(30);
        list.Find("strongest.picture_share")!.Value.ShouldBeInRange(0.01, 0.99); // both are livelier than their means
        list.Missing.ShouldBeEmpty();
    }

    private static SyntheticScene Loud(double seconds) => new()
    {
        Seconds = seconds,
        Pattern = ScenePattern.TestPicture,
        Motion = 0.9,
        CutsPerSecond = 1,
        Loudness = 0.7,
        Noise = 0.4,
    };

    // A still picture that is not blank: black after a shot is not a cut by itself.
    private static SyntheticScene Quiet(double seconds) =>
        new() { Seconds = seconds, Pattern = ScenePattern.Gradients, Brightness = 0.3, Motion = 0, Loudness = 0 };

    private async Task<PredictionDocument> PredictAsync(params SyntheticScene[] scenes)
    {
        string path = _folder.File("film.mp4");
        SyntheticFilm film = new() { Scenes = [.. scenes], Width = 160, Height = 90, FrameRate = 12 };
        await film.WriteAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        using Predictor predictor = Predictor.Load("affect");
        VideoFeatures features = await predictor.ExtractAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        Prediction prediction = predictor.Predict(features, TestContext.Current.CancellationToken);
        return SummarizedPrediction.Of(predictor, features, prediction, TestContext.Current.CancellationToken);
    }
}
