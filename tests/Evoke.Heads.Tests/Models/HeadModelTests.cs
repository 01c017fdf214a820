using Evoke.Curves;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Heads.Networks;
using Evoke.Heads.Reactions;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using TorchSharp;

namespace Evoke.Heads.Tests.Models;

public sealed class HeadModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(1, 1)]
    [InlineData(59.5, 60)]
    [InlineData(60, 60)]
    [InlineData(61, 61)]
    [InlineData(150.2, 151)]
    public void CurvesAreAsLongAsTheVideo(double seconds, int steps)
    {
        using HeadModel model = HeadModel.Load(SampleModels.Write(_folder, "m.safetensors"));
        SparsePrediction prediction = model.Predict(SampleModels.Video(seconds));
        prediction.Mean.Grid.ShouldBe(new TimeGrid(new Rate(1), steps));
        prediction.Mean.Scheme.Names.ShouldBe(["joy", "fear"]);
        prediction.StandardDeviation.ShouldBeNull();
        model.Name.ShouldBe("m");
    }

    [Theory]
    [InlineData("seed-1/best.safetensors", "seed-1/best")]
    [InlineData("seed-2/last.safetensors", "seed-2/last")]
    [InlineData("seed-2/mine.safetensors", "mine")]
    public void AFileOfARunIsCalledAfterTheRun(string file, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        using HeadModel model = HeadModel.Load(SampleModels.Write(_folder, file));
        model.Name.ShouldBe(name);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("name: 'kl'\ndata:\n  rate: 1\n", "kl")]
    [InlineData("description: none\nname: kl 2\r\n", "kl 2")]
    public void ARecipeIsCalledWhatItCallsItself(string recipe, string name)
    {
        using HeadModel model = HeadModel.Load(SampleModels.Write(_folder, "m", SampleModels.Description with { Recipe = recipe }));
        model.Recipe.ShouldBe(name);
    }

    [Fact]
    public void CurvesComeOutOnTheScaleOfTheLabels()
    {
        CurveRange[] ranges = [new(-1, 1), new(1, 9, "SAM points")];
        VideoFeatures video = SampleModels.Video(20);
        using HeadModel plain = HeadModel.Load(SampleModels.Write(_folder, "plain"));
        using HeadModel signed = HeadModel.Load(SampleModels.Write(_folder, "signed", SampleModels.Description with { Ranges = ranges }));
        plain.Scheme.Ranges.ShouldAllBe(range => range == CurveRange.ZeroToOne);
        signed.Scheme.Ranges.ShouldBe(ranges);
        float[] expected = plain.Predict(video).Mean.Values.ToArray();
        expected.ShouldAllBe(value => value >= 0 && value <= 1);
        signed.Scheme.FromShares(expected);
        signed.Predict(video).Mean.Values.ToArray().ShouldBe(expected);
    }

    [Fact]
    public void AModelFileOfBeforeRangesIsFromZeroToOneAndNewOnesWithoutRangesReadTheSame() =>
        File.ReadAllText(SampleModels.Write(_folder, "plain")).ShouldNotContain("ranges");

    [Fact]
    public void RangesThatDoNotFitTheCurvesAreAMistake()
    {
        (SampleModels.Description with { Ranges = [CurveRange.ZeroToOne] }).FindMistakes().ShouldHaveSingleItem()
            .ShouldContain("needs as many ranges; found 1");
        (SampleModels.Description with { Ranges = [CurveRange.ZeroToOne, new(1, 1)] }).FindMistakes().ShouldHaveSingleItem().ShouldContain("'fear'");
    }

    [Fact]
    public void ClipsAreConsecutiveAndTheLastIsPaddedByItsLastStep()
    {
        string path = SampleModels.Write(_folder, "m");
        VideoFeatures video = SampleModels.Video(75);
        using HeadModel model = HeadModel.Load(path);
        EmotionCurves curves = model.Predict(video).Mean;

        using DisposeScope scope = torch.NewDisposeScope();
        using ModelFile file = ModelFile.Open(path);
        using ReactionHead head = file.CreateHead();
        head.eval();
        float[] first = GoldenHeads.Values(head.forward(Rows(video.Visual!, 0, 60), Rows(video.Audio!, 0, 60)));
        float[] second = GoldenHeads.Values(head.forward(Rows(video.Visual!, 60, 60), Rows(video.Audio!, 60, 60)));
        float[] expected = [.. first, .. second.Take(15 * 2)];
        GoldenHeads.ShouldBeCloseTo(curves.Values.ToArray(), expected, 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(130)]
    public void BatchesOfClipsDoNotChangeTheCurves(int stepsPerBatch)
    {
        string path = SampleModels.Write(_folder, "m");
        using HeadModel all = HeadModel.Load(path);
        using HeadModel batched = HeadModel.Load(path, new HeadModelOptions { StepsPerBatch = stepsPerBatch });
        VideoFeatures video = SampleModels.Video(250);
        GoldenHeads.ShouldBeCloseTo(batched.Predict(video).Mean.Values.ToArray(), all.Predict(video).Mean.Values.ToArray(), 1e-6);
    }

    [Fact]
    public void AHeadWithoutClipsTakesTheVideoWhole()
    {
        ModelDescription whole = SampleModels.Description with { ClipSteps = null };
        using HeadModel model = HeadModel.Load(SampleModels.Write(_folder, "whole", whole));
        using HeadModel clip = HeadModel.Load(SampleModels.Write(_folder, "clip", SampleModels.Description with { ClipSteps = 75 }));
        model.Predict(SampleModels.Video(75)).Mean.Values.ToArray().ShouldBe(clip.Predict(SampleModels.Video(75)).Mean.Values.ToArray());
    }

    [Fact]
    public void FeaturesOnAnotherClockArePickedByTime()
    {
        // The authors' files: picture at 6 Hz, sound stepped by 0.96 s.
        using HeadModel model = HeadModel.Load(SampleModels.Write(_folder, "m"));
        VideoFeatures dense = SampleModels.Video(100, visualRate: 6, audioRate: 1 / 0.96);
        VideoFeatures picked = dense with
        {
            Visual = dense.Visual! with
            {
                Rate = new Rate(1),
                Values = [.. Enumerable.Range(0, 100).SelectMany(second => dense.Visual.Row(6 * second).ToArray())],
            },
            Audio = dense.Audio! with
            {
                Rate = new Rate(1),
                Values = [.. Enumerable.Range(0, 100).SelectMany(second => dense.Audio.Row((int)Math.Ceiling((second / 0.96) - 0.500001)).ToArray())],
            },
        };
        model.Predict(dense).Mean.Values.ToArray().ShouldBe(model.Predict(picked).Mean.Values.ToArray());
    }

    [Fact]
    public void FeaturesOfOtherEncodersAreRefusedByName()
    {
        using HeadModel model = HeadModel.Load(SampleModels.Write(_folder, "m"));
        VideoFeatures video = SampleModels.Video(10);
        VideoFeatures otherWeights = video with { Visual = video.Visual! with { Encoder = new EncoderIdentity("eye", new string('b', 64)) } };
        string message = Should.Throw<IncompatibleFeaturesException>(() => model.Predict(otherWeights)).Message;
        message.ShouldBe("The visual features of video 'film' are from eye (weights bbbbbbbbbbbb); model 'm' takes those from eye (weights aaaaaaaaaaaa).");

        VideoFeatures otherWidth = video with { Audio = video.Audio! with { Width = 4 } };
        Should.Throw<IncompatibleFeaturesException>(() => model.Predict(otherWidth)).Message.ShouldContain(
            "5 steps of 4 numbers; model 'm' takes at least 1 step of 2");

        Should.Throw<IncompatibleFeaturesException>(() => model.Predict(video with { Audio = null })).Message.ShouldContain("has no audio features");
    }

    [Fact]
    public void FeaturesInAnotherPrecisionAreTakenWithAWord()
    {
        ModelDescription exact = SampleModels.Description with { VisualEncoder = SampleModels.Description.VisualEncoder! with { Precision = "float32" } };
        using Predictor predictor = Predictor.Load(SampleModels.Write(_folder, "m", exact));
        predictor.Model.VisualEncoder!.Precision.ShouldBe("float32", "the model file says what it was trained on");
        VideoFeatures video = SampleModels.Video(10);

        foreach ((string? precision, string[] said) in new (string?, string[])[]
        {
            ("float32", []),
            (null, []),
            ("bfloat16", ["The visual features of eye were computed in bfloat16; the model was trained on float32. They can be used, but differ by rounding."]),
        })
        {
            VideoFeatures made = video with { Visual = video.Visual! with { Encoder = video.Visual.Encoder with { Precision = precision } } };
            predictor.Predict(made).Warnings.ShouldBe(said);
        }
    }

    [Theory]
    [InlineData(FeatureNormalisation.None)]
    [InlineData(FeatureNormalisation.Standardise)]
    public void AMissingModalityIsZerosAtTheHead(FeatureNormalisation normalisation)
    {
        string path = SampleModels.Write(_folder, "m", SampleModels.Description with { Normalisation = normalisation });
        using HeadModel model = HeadModel.Load(path);
        VideoFeatures silent = SampleModels.Video(60) with { SoundMissing = true, Audio = null };
        float[] curves = model.Predict(silent).Mean.Values.ToArray();

        using DisposeScope scope = torch.NewDisposeScope();
        using ModelFile file = ModelFile.Open(path);
        using ReactionHead head = file.CreateHead();
        head.eval();
        float[] seen = new float[60 * 3];
        for (int step = 0; step < 60; step++)
        {
            file.VisualInput()!.WriteStep(silent.Visual!.Row(step), step, seen.AsSpan(step * 3, 3));
        }

        float[] expected = GoldenHeads.Values(head.forward(torch.tensor(seen, [1, 60, 3]), torch.zeros(1, 60, 2)));
        GoldenHeads.ShouldBeCloseTo(curves, expected, 1e-6);
    }

    [Fact]
    public void AnEnsembleGivesMeanAndPopulationStandardDeviation()
    {
        string[] paths = [.. Enumerable.Range(1, 3).Select(seed => SampleModels.Write(_folder, $"m{seed}", seed: seed))];
        ModelFile[] files = [.. paths.Select(path => ModelFile.Open(path))];
        ModelFile.WriteEnsemble(_folder.File("plain"), files);
        ModelFile.WriteEnsemble(_folder.File("weighted"), files, [1, 0.5f, 0, 0.25f, 0, 0.25f]);
        Array.ForEach(files, file => file.Dispose());

        VideoFeatures video = SampleModels.Video(70);
        float[][] members = [.. paths.Select(path => Predict(path, video).Mean.Values.ToArray())];
        SparsePrediction plain = Predict(_folder.File("plain"), video);
        SparsePrediction weighted = Predict(_folder.File("weighted"), video);
        for (int i = 0; i < members[0].Length; i++)
        {
            double[] values = [.. members.Select(member => (double)member[i])];
            double mean = values.Average();
            plain.Mean.Values[i].ShouldBe((float)mean, 1e-6);
            plain.StandardDeviation!.Values[i].ShouldBe((float)Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 1e-6);
            weighted.Mean.Values[i].ShouldBe((float)(i % 2 == 0 ? values[0] : (values[0] / 2) + (values[1] / 4) + (values[2] / 4)), 1e-6);
            if (i % 2 == 0)
            {
                weighted.StandardDeviation!.Values[i].ShouldBe(0);
            }
        }
    }

    [Fact]
    public void PositionReachesTheHead()
    {
        ModelDescription description = SampleModels.Description with
        {
            Position = new PositionFeature(60),
            Head = new GruHeadConfig { VisualWidth = 4, AudioWidth = 3, Emotions = 2, VisualHidden = 4, AudioHidden = 3 },
        };
        using HeadModel model = HeadModel.Load(SampleModels.Write(_folder, "m", description));
        VideoFeatures still = SampleModels.Video(120) with { PictureMissing = true, SoundMissing = true };
        EmotionCurves curves = model.Predict(still).Mean;
        curves[90, 0].ShouldNotBe(curves[30, 0], "clips of equal features differ by their position alone");
    }

    [Fact]
    public void DamagedFeaturesAreNoPrediction()
    {
        using HeadModel model = HeadModel.Load(SampleModels.Write(_folder, "m"));
        VideoFeatures video = SampleModels.Video(10);
        video.Visual!.Values[7] = float.NaN;
        Should.Throw<NonFinitePredictionException>(() => model.Predict(video)).Message.ShouldContain("video 'film'");
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void TensorsDoNotPileUp(Precision precision)
    {
        using HeadModel model = HeadModel.Load(SampleModels.Write(_folder, "m"), new HeadModelOptions { Precision = precision });
        VideoFeatures video = SampleModels.Video(200);
        model.Predict(video);
        long tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 20; i++)
        {
            model.Predict(video);
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.ShouldBe(tensors);
    }

    [Fact]
    public void Bfloat16CurvesAreNearFloat32Ones()
    {
        string path = SampleModels.Write(_folder, "m");
        VideoFeatures video = SampleModels.Video(130);
        using HeadModel fast = HeadModel.Load(path, new HeadModelOptions { Precision = Precision.BFloat16 });
        GoldenHeads.ShouldBeCloseTo(fast.Predict(video).Mean.Values.ToArray(), Predict(path, video).Mean.Values.ToArray(), 0.01);
    }

    private static SparsePrediction Predict(string path, VideoFeatures video)
    {
        using HeadModel model = HeadModel.Load(path);
        return model.Predict(video);
    }

    // [1, count, width], the last row repeated past the end
    private static torch.Tensor Rows(FeatureSequence features, int first, int count) => torch.tensor(
        Enumerable.Range(first, count).SelectMany(step => features.Row(Math.Min(step, features.Steps - 1)).ToArray()).ToArray(),
        [1, count, features.Width]);
}
