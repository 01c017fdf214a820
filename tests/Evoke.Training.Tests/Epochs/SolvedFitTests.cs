using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Heads.Networks;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Epochs;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Training.Tests.Epochs;

/// <summary>Heads that are solved at once: ridge and kernel ridge.</summary>
public sealed class SolvedFitTests : IDisposable
{
    private const float No = float.NaN;

    private readonly TemporaryFolder _folder = new();

    public SolvedFitTests() => TorchRuntime.Start(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ridge")]
    [InlineData("kernel_ridge", "head.spread=1")]
    [InlineData("kernel_ridge", "data.scales=[1, 3]", "data.centre=true", "data.standardise=true", "data.screen=1.2")]
    public void ItLearnsWhatTheFeaturesSayAndTheFileScoresTheSame(string kind, params string[] settings)
    {
        Recipe recipe = Solved(kind, settings);
        RunFinished finished = Train(recipe, "one");
        finished.BestScores["pearson"].ShouldBeGreaterThan(0.4);
        Train(recipe, "two");
        File.ReadAllBytes(Best("two")).ShouldBe(File.ReadAllBytes(Best("one")));

        using HeadModel model = HeadModel.Load(Best("one"));
        model.Members[0].Head.Kind.ShouldBe(kind);
        string card = File.ReadAllText(new RunFolder(_folder.File("one")).Card);
        card.ShouldContain("95 % bootstrap interval over videos");
        card.ShouldContain("which nothing was chosen on");
        card.ShouldContain("hiring, clinics, surveillance, consent");
        model.Members[0].TrainedOn.ShouldContain("chosen by 5 folds of the training videos");
        DatasetScores scores = new(ToyDataset.Scheme, RowProtocol.All);
        foreach (string id in ToyDataset.Ids("val", 8))
        {
            EmotionCurves labels = ToyDataset.Labels(id).Curves;
            scores.Add(id, labels, SparseToDense.Interpolate(model.Predict(ToyDataset.Features(id)).Mean, labels.Grid));
        }

        scores.Pearson.ShouldBe(finished.BestScores["pearson"], 1e-4);
    }

    [Fact]
    public void RidgeIsTheLeastSquaresFitOfALinearWorld()
    {
        // y = 0.5 + 0.3 a - 0.2 b; without noise and with hardly any penalty the slopes come out.
        VideoSet set = Linear(4, row => 0.5f + (0.3f * row[0]) - (0.2f * row[1]));
        Train(Solved("ridge", "data.normalisation=none", "data.modalities=visual", "head.penalty=1e-9"), "run", set, set);
        using ModelFile file = ModelFile.Open(Best("run"));
        using ReactionHead head = file.CreateHead();
        IReadOnlyList<NamedWeights> weights = head.CopyWeights();
        weights.Single(weight => weight.Spec.Name == RidgeHead.SlopesName).Values.ShouldBe([0.3f, -0.2f], 1e-4);
        weights.Single(weight => weight.Spec.Name == RidgeHead.BiasName).Values.ShouldBe([0.5f], 1e-4);
    }

    [Theory]
    [InlineData(0, "which nothing was chosen on", "on 2 videos that it was not trained on")]
    [InlineData(1, "1 of which were also trained on", "on 2 videos of which it was trained on 1")]
    [InlineData(2, "which were also trained on", "on 2 videos that it was trained on too")]
    public void TheCardSaysWhetherTheVideosScoredOnWereTrainedOn(int both, string card, string trainedOn)
    {
        VideoSet set = Linear(4, row => 0.5f + (0.3f * row[0]));
        Recipe recipe = Solved("ridge", "data.normalisation=none", "data.modalities=visual");

        Train(recipe, "run", set.Only("train", video => video < 2), set.Only("val", video => video >= 2 - both && video < 4 - both));

        File.ReadAllText(new RunFolder(_folder.File("run")).Card).ShouldContain($"labels, {card} |");
        using HeadModel model = HeadModel.Load(Best("run"));
        model.Members[0].TrainedOn.ShouldContain(trainedOn);
    }

    [Fact]
    public void TheSpreadOfPredictionsIsWhatIsAskedFor()
    {
        // Half of the labels' variance is noise, so a least-squares fit is flatter than they are.
        VideoSet set = Linear(8, row => 0.5f + (0.1f * row[0]) + (0.1f * row[1]));
        Spread("flat", "head.spread=0").ShouldBeLessThan(0.07);
        Spread("full", "head.spread=1").ShouldBeInRange(0.075, 0.092); // the labels' is 0.082

        double Spread(string name, string setting)
        {
            Train(Solved("ridge", "data.normalisation=none", "data.modalities=visual", "data.omit=[visual 1]", setting), name, set, set);
            using HeadModel model = HeadModel.Load(Best(name));
            float[] curve = model.Predict(set.Features.Read("v1")).Mean.Column(0);
            double mean = curve.Average();
            return Math.Sqrt(curve.Average(value => (value - mean) * (value - mean)));
        }
    }

    [Fact]
    public void EachCurveIsFittedToTheRowsThatHaveIt()
    {
        VideoSet partly = Linear(4, row => row[1] > 0.5f ? No : 0.5f + (0.3f * row[0]), row => 0.5f - (0.1f * row[1]));
        foreach (string kind in (string[])["ridge", "kernel_ridge"])
        {
            RunFinished finished = Train(Solved(kind, "data.modalities=visual", "head.penalty=1e-4", "head.kernel_width=0.1"), kind, partly, partly);
            finished.BestScores["pearson"].ShouldBeGreaterThan(0.9, kind);
        }

        VideoSet none = Linear(4, row => 0.5f + (0.3f * row[0]), _ => No);
        Should.Throw<DatasetException>(() => Train(Solved("ridge", "data.modalities=visual"), "none", none, none))
            .Message.ShouldContain("no row has labels of b");
    }

    [Fact]
    public void ASolvedHeadAndANetworkPredictTogether()
    {
        Train(Solved("kernel_ridge", "data.scales=[1, 5]", "data.centre=true"), "kernel");
        Train(ToyDataset.Recipe("train.epochs=2"), "gru");
        using (ModelFile kernel = ModelFile.Open(Best("kernel")))
        using (ModelFile gru = ModelFile.Open(Best("gru")))
        {
            ModelFile.WriteEnsemble(_folder.File("both"), [kernel, gru]);
        }

        using HeadModel both = HeadModel.Load(_folder.File("both")), one = HeadModel.Load(Best("kernel")), other = HeadModel.Load(Best("gru"));
        VideoFeatures video = ToyDataset.Features("val1");
        float[] mean = [.. one.Predict(video).Mean.Values.ToArray().Zip(other.Predict(video).Mean.Values.ToArray(), (a, b) => (a + b) / 2)];
        both.Predict(video).Mean.Values.ToArray().ShouldBe(mean, 1e-5);
        both.Summary.ShouldContain("kernel_ridge and gru");
    }

    [Fact]
    public void FeaturesThatAreLeftOutOrSayNothingAreNotInTheModel()
    {
        Train(Solved("ridge", "data.omit=[visual 2-5, audio 0]"), "omitted");
        Expansions("omitted").ShouldBe(("0 1", "1 2 3"));

        // Joy follows visual 0, awe audio 1; the others are waves of their own.
        Train(Solved("ridge", "data.screen=3"), "screened");
        (string visual, string audio) = Expansions("screened");
        visual.Split(' ').ShouldContain("0");
        visual.Split(' ').Length.ShouldBeLessThan(4);
        audio.Split(' ').ShouldContain("1");
        audio.Split(' ').Length.ShouldBeLessThan(4);
        Should.Throw<RecipeException>(() => Train(Solved("ridge", "data.omit=[audio 4]"), "beyond")).Message.ShouldContain("audio feature 4; there are 4");
        Should.Throw<RecipeException>(() => Train(Solved("ridge", "data.omit=[audio 0-3]"), "all")).Message.ShouldContain("leaves out all 4 audio features");

        (string, string) Expansions(string name)
        {
            using ModelFile file = ModelFile.Open(Best(name));
            return (string.Join(' ', file.Members[0].VisualExpansion!.Columns), string.Join(' ', file.Members[0].AudioExpansion!.Columns));
        }
    }

    [Fact]
    public void TheBitsOfACodeAreLeftOutAndAFlagAndMeasurementsStay()
    {
        const int Bits = 20;
        VideoSet films = Linear(6, row => 0.5f + (0.3f * row[0]));
        Random random = new(7);

        // Two measurements, 20 bits, each averaged over two pictures, a measurement, a flag.
        VideoSet set = Widened(films, Bits + 4, row =>
            [row[0], row[1], .. Enumerable.Range(0, Bits).Select(_ => (random.Next(2) + random.Next(2)) / 2f), row[0] + row[1], row[0] > 0 ? 1 : 0]);
        Kept("codes", "data.omit_codes=true").ShouldBe("0 1 22 23");
        Kept("some", "data.omit_codes=true", "data.omit=[visual 1]").ShouldBe("0 22 23");
        Kept("all", "data.omit=[visual 1]").Split(' ').Length.ShouldBe(Bits + 3);

        // Nothing but a code: it stays.
        set = Widened(films, Bits, row => [.. Enumerable.Range(0, Bits).Select(bit => row[0] > bit / 10f - 1 ? 1f : 0)]);
        Kept("only", "data.omit_codes=true").Split(' ').Length.ShouldBe(Bits);

        string Kept(string name, params string[] settings)
        {
            Train(Solved("ridge", ["data.modalities=visual", .. settings]), name, set, set);
            using ModelFile file = ModelFile.Open(Best(name));
            return string.Join(' ', file.Members[0].VisualExpansion!.Columns);
        }
    }

    private static VideoSet Widened(VideoSet set, int width, Func<float[], float[]> row)
    {
        Dictionary<string, VideoFeatures> features = set.Videos.ToDictionary(video => video.Id, video =>
        {
            VideoFeatures found = set.Features.Read(video.Id);
            FeatureSequence visual = found.Visual!;
            return found with
            {
                Visual = visual with { Width = width, Values = [.. Enumerable.Range(0, visual.Steps).SelectMany(step => row(visual.Row(step).ToArray()))] },
            };
        });
        return set.Through(new MemoryFeatureSource("widened", features.Keys, id => features[id]), set.Visual! with { Width = width }, set.Audio);
    }

    private static Recipe Solved(string kind, params IEnumerable<string> settings) =>
        ToyDataset.Recipe(["train.epochs=1", "train.warm_up_epochs=0", $"head.kind={kind}", "head.support=400", .. settings]);

    private string Best(string name) => new RunFolder(_folder.File(name)).Best;

    private RunFinished Train(Recipe recipe, string name) => Train(recipe, name, ToyDataset.Set("train", 24, recipe), ToyDataset.Set("val", 8, recipe));

    private RunFinished Train(Recipe recipe, string name, VideoSet train, VideoSet validation)
    {
        using Trainer trainer = Trainer.Open(recipe, train, validation, new RunFolder(_folder.File(name)), new TrainerOptions { TensorBoard = false });
        return trainer.Run(cancellationToken: TestContext.Current.CancellationToken);
    }

    // Films of 60 s whose two visual features are uniform noise from -1 to 1, and curves that are functions of them.
    private static VideoSet Linear(int videos, Func<float[], float> a, Func<float[], float>? b = null)
    {
        const int steps = 60;
        string[] ids = [.. Enumerable.Range(0, videos).Select(i => $"v{i}")];
        Dictionary<string, VideoFeatures> features = ids.ToDictionary(id => id, id => new VideoFeatures
        {
            VideoId = id,
            SourceName = id,
            SourceBytes = 1,
            DurationSeconds = steps,
            Visual = new FeatureSequence(
                ToyDataset.VisualEncoder, new Rate(1), 2, [.. Enumerable.Range(0, steps * 2).Select(i => (float)((2 * GoldenTensor.Unit(id, i)) - 1))]),
        });
        EmotionScheme scheme = new(b is null ? ["a"] : ["a", "b"]);
        LabelSet labels = new("linear", scheme, ids.Select(id => new LabelledVideo(id, new EmotionCurves(scheme, new TimeGrid(new Rate(1), steps), [
            .. Enumerable.Range(0, steps).Select(step => features[id].Visual!.Row(step).ToArray())
                .SelectMany(row => b is null ? (float[])[a(row)] : [a(row), b(row)]),
        ]))));
        return VideoSet.Join(labels, new MemoryFeatureSource("linear", ids, id => features[id]), ModalityChoice.Visual, new Rate(1));
    }
}
