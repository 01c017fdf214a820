using System.Diagnostics;
using Evoke.Curves;
using Evoke.Encoders;
using Evoke.Encoders.Extraction;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Networks;
using Evoke.Heads.Reactions;
using Evoke.Media;
using Evoke.Testing;

namespace Evoke.Heads.Tests;

public sealed class PredictorTests : IDisposable
{
    private static readonly ModelDescription LowLevel = SampleModels.Description with
    {
        VisualEncoder = VisualLowLevelEncoder.EncoderIdentity,
        AudioEncoder = AudioLowLevelEncoder.EncoderIdentity,
        Head = new GruHeadConfig
        {
            VisualWidth = VisualLowLevelEncoder.Descriptors.Count,
            AudioWidth = AudioLowLevelEncoder.Descriptors.Count,
            Emotions = 2,
            VisualHidden = 8,
            AudioHidden = 4,
        },
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFileGivesCurvesAtSixHertzThatKeepTheModelsOwnPoints()
    {
        string film = await Film(3.5);
        using Predictor predictor = Predictor.Load(SampleModels.Write(_folder, "low.safetensors", LowLevel));
        Prediction prediction = await predictor.PredictAsync(film, cancellationToken: TestContext.Current.CancellationToken);

        prediction.VideoId.ShouldBe("film");
        prediction.DurationSeconds.ShouldBe(3.5, 0.1);
        prediction.Curves.Grid.ShouldBe(TimeGrid.ForDuration(prediction.DurationSeconds, new Rate(6)));
        prediction.Sparse.Grid.ShouldBe(new TimeGrid(new Rate(1), 4));
        for (int second = 0; second < 4 && second * 6 < prediction.Curves.Grid.Count; second++)
        {
            prediction.Curves.Row(second * 6).ToArray().ShouldBe(prediction.Sparse.Row(second).ToArray());
        }

        prediction.ModelName.ShouldBe("low");
        prediction.ModelSummary.ShouldStartWith("gru head on features of visual-lld and audio-lld at 1 Hz");
        prediction.Encoders.Count.ShouldBe(2);
        prediction.Warnings.ShouldBeEmpty();
        prediction.ToDocument().Curves.ShouldBeSameAs(prediction.Curves);
    }

    [Fact]
    public async Task TheModelThatNeedsNoFileIsCalledByItsName()
    {
        string film = await Film(2);
        using Predictor predictor = Predictor.Load("affect");
        Prediction prediction = await predictor.PredictAsync(film, cancellationToken: TestContext.Current.CancellationToken);
        prediction.Curves.Scheme.Names.ShouldBe(["arousal", "pace", "motion", "loudness"]);
        prediction.Curves.Grid.Count.ShouldBe(12);
        prediction.ModelSummary.ShouldContain("Hanjalic");
        prediction.ModelSummary.ShouldEndWith(ModelNotice.Text);
        ReactionModels.BuiltIn.ShouldBe(["affect", "pitch-valence"]);
    }

    [Fact]
    public async Task OnePredictorServesManyVideosAtOnce()
    {
        string film = await Film(2);
        using Predictor predictor = Predictor.Load(SampleModels.Write(_folder, "low", LowLevel));
        Prediction[] predictions = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            predictor.PredictAsync(film, $"copy {i}", cancellationToken: TestContext.Current.CancellationToken)));
        predictions.Select(prediction => prediction.VideoId).ShouldBe(["copy 0", "copy 1", "copy 2", "copy 3"]);
        foreach (Prediction prediction in predictions)
        {
            prediction.Curves.Values.ToArray().ShouldBe(predictions[0].Curves.Values.ToArray());
        }
    }

    [Fact]
    public void FeaturesFromFilesNeedNoEncoder()
    {
        using Predictor predictor = Predictor.Load(SampleModels.Write(_folder, "m"), new PredictorOptions { Rate = new Rate(4) });
        Prediction prediction = predictor.Predict(SampleModels.Video(10.2));
        prediction.Curves.Grid.ShouldBe(new TimeGrid(new Rate(4), 41));
        prediction.VideoId.ShouldBe("film");
    }

    [Fact]
    public void AnEnsembleSpreadIsOnTheSameGridAsItsCurves()
    {
        using (ModelFile a = ModelFile.Open(SampleModels.Write(_folder, "a", seed: 1)))
        using (ModelFile b = ModelFile.Open(SampleModels.Write(_folder, "b", seed: 2)))
        {
            ModelFile.WriteEnsemble(_folder.File("ab"), [a, b]);
        }

        using Predictor predictor = Predictor.Load(_folder.File("ab"));
        Prediction prediction = predictor.Predict(SampleModels.Video(10));
        prediction.StandardDeviation!.Grid.ShouldBe(prediction.Curves.Grid);
        prediction.StandardDeviation.Values.ToArray().Max().ShouldBeGreaterThan(0);
        prediction.ModelSummary.ShouldStartWith("mean of 2 gru heads");
    }

    [Fact]
    public void AMissingModalityIsSaid()
    {
        using Predictor predictor = Predictor.Load(SampleModels.Write(_folder, "m"));
        predictor.Predict(SampleModels.Video(5) with { SoundMissing = true }).Warnings.ShouldBe(["There is no sound: the curves come from the picture alone."]);
        predictor.Predict(SampleModels.Video(5) with { PictureMissing = true, Warnings = ["cut short"] }).Warnings
            .ShouldBe(["cut short", "There is no picture: the curves come from the sound alone."]);
    }

    [Fact]
    public async Task EncodersThatAreNotTheModelsAreRefusedBeforeTheVideoIsRead()
    {
        ModelDescription other = LowLevel with { VisualEncoder = VisualLowLevelEncoder.EncoderIdentity with { Settings = "v0" } };
        using Predictor predictor = Predictor.Load(SampleModels.Write(_folder, "m", other));
        IncompatibleFeaturesException error = await Should.ThrowAsync<IncompatibleFeaturesException>(
            () => predictor.PredictAsync("no such film.mp4", cancellationToken: TestContext.Current.CancellationToken));
        error.Message.ShouldContain("takes features of visual-lld (v0); the encoder here is visual-lld");

        using Predictor unknown = Predictor.Load(SampleModels.Write(_folder, "u"));
        string features = (await Should.ThrowAsync<IncompatibleFeaturesException>(
            () => unknown.PredictAsync("no such film.mp4", cancellationToken: TestContext.Current.CancellationToken))).Message;
        features.ShouldContain("takes features of eye");
        features.ShouldContain("--features DIR");
    }

    [Fact]
    public async Task AModelOfImportedFeaturesOfAKnownNetworkTakesFeaturesOnly()
    {
        // HDF5 files and tables do not say with which weights their features were made.
        ModelDescription imported = LowLevel with { VisualEncoder = new EncoderIdentity("clip-vit-b-32") };
        string network = OnnxModel.Means(512, 3, [2, 3], "N", 3, 224, 224).Save(_folder.File("clip.onnx"));
        using Predictor predictor = Predictor.Load(
            SampleModels.Write(_folder, "i", imported), new PredictorOptions { Visual = new EncoderOptions { WeightsFile = network } });
        IncompatibleFeaturesException error = await Should.ThrowAsync<IncompatibleFeaturesException>(
            () => predictor.PredictAsync("no such film.mp4", cancellationToken: TestContext.Current.CancellationToken));
        error.Message.ShouldContain("predicts from features, not from videos: it takes features of clip-vit-b-32, which were imported");
    }

    [Fact]
    public async Task AFileThatIsNotThereIsNamed()
    {
        using Predictor predictor = Predictor.Load(SampleModels.Write(_folder, "low", LowLevel));
        (await Should.ThrowAsync<MediaException>(
            () => predictor.PredictAsync(_folder.File("nothing.mp4"), cancellationToken: TestContext.Current.CancellationToken)))
            .Message.ShouldContain("nothing.mp4");
        Should.Throw<UnknownModelException>(() => Predictor.Load("no such model")).Message.ShouldContain("'no such model'");
    }

    [Fact]
    public async Task CancellingEndsAPrediction()
    {
        string film = await Film(2);
        using Predictor predictor = Predictor.Load(SampleModels.Write(_folder, "low", LowLevel));
        using CancellationTokenSource ended = new();
        await ended.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => predictor.PredictAsync(film, cancellationToken: ended.Token));
        await Should.NotThrowAsync(() => predictor.PredictAsync(film, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TheSampleWritesTheCurvesOfAFile()
    {
        string film = await Film(2);
        string model = SampleModels.Write(_folder, "low.safetensors", LowLevel);
        ProcessStartInfo sample = new("dotnet", [Sample("FromFileToCurves"), model, film, _folder.File("film.csv")])
        {
            RedirectStandardError = true,
        };
        using Process process = Process.Start(sample)!;
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        errors.ShouldBeEmpty();
        process.ExitCode.ShouldBe(0);

        string[] lines = await File.ReadAllLinesAsync(_folder.File("film.csv"), TestContext.Current.CancellationToken);
        lines[0].ShouldBe("Video ID,Timestamp (milliseconds),joy,fear");
        lines.Length.ShouldBe(1 + 12);
        lines[2].ShouldStartWith("film,166666,0.");
    }

    // The sample in its own folder: this one lacks what the shared framework of the tests has.
    private static string Sample(string name)
    {
        string output = Path.GetRelativePath(Path.Combine(SourceTree.Root!, "tests", "Evoke.Heads.Tests"), AppContext.BaseDirectory);
        return Path.Combine(SourceTree.Root!, "samples", name, output, $"{name}.dll");
    }

    [Fact]
    public async Task HowVideosAreDecodedCanBeChangedFromOneToTheNext()
    {
        string film = await Film(2);
        using Predictor predictor = Predictor.Load(SampleModels.Write(_folder, "low.safetensors", LowLevel));
        Prediction first = await predictor.PredictAsync(film, cancellationToken: TestContext.Current.CancellationToken);

        predictor.Extraction = predictor.Extraction with { AudioTrack = 2 };
        AudioTrackMissingException missing = await Should.ThrowAsync<AudioTrackMissingException>(
            () => predictor.PredictAsync(film, cancellationToken: TestContext.Current.CancellationToken));
        missing.Message.ShouldContain("film.mp4");

        predictor.Extraction = new ExtractionOptions { Rate = new Rate(25), ClipThreads = 1 };
        Prediction last = await predictor.PredictAsync(film, cancellationToken: TestContext.Current.CancellationToken);
        last.Sparse.Grid.ShouldBe(first.Sparse.Grid, "the rate is the model's");
        last.Curves.Values.ToArray().ShouldBe(first.Curves.Values.ToArray());
        Should.Throw<ArgumentNullException>(() => predictor.Extraction = null!);
    }

    private async Task<string> Film(double seconds)
    {
        string path = _folder.File("film.mp4");
        File.Copy(await TestFilms.FlashesAndBeepsAsync(seconds, [1]), path, overwrite: true);
        return path;
    }
}
