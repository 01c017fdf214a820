using Evoke.Datasets.Demo;
using Evoke.Experiments.Demonstration;
using Evoke.Heads.Models;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using Evoke.Training.Recipes;

namespace Evoke.Experiments.Tests.Demonstration;

/// <summary>Training works end to end: on generated films, with features from real encoders.</summary>
public sealed class DemoLearningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DemoLearningTests() => TorchRuntime.Start(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)] // about a minute of two cores: `./test.sh --full`
    public async Task AHeadSaysOfUnseenFilmsWhatTheClockALineAndPermutedLabelsCannot()
    {
        DemoLearning learning = new(_folder.Path, new DemoDatasetOptions { Videos = 30, Seconds = 30, Width = 96, Height = 54, FrameRate = 8 });
        await learning.MakeFilmsAsync(cancellationToken: TestContext.Current.CancellationToken);
        await learning.ExtractAsync(cancellationToken: TestContext.Current.CancellationToken);
        Recipe recipe = RecipeReader.Read("demo", "data.clip_steps=30", "train.batch=4", "train.precision=float32");
        LearningSets sets = learning.Open(recipe.Data);

        double clock = sets.ScoreClock().Pearson, line = sets.ScoreRidge(cancellationToken: TestContext.Current.CancellationToken).Pearson;
        double head = Score(sets, "run"), permuted = Score(sets.WithPermutedLabels(recipe.Data.Rate), "permuted");

        TestContext.Current.TestOutputHelper?.WriteLine($"clock {clock:F3}, ridge {line:F3}, head {head:F3}, permuted {permuted:F3}");
        head.ShouldBeGreaterThan(clock + 0.15);
        head.ShouldBeGreaterThan(line);
        Math.Abs(permuted).ShouldBeLessThan(0.12);
        File.Exists(learning.RunOf("run").Report).ShouldBeTrue();

        double Score(LearningSets from, string name)
        {
            using HeadModel model = learning.Train(recipe, from, name, cancellationToken: TestContext.Current.CancellationToken);
            return sets.Score(model).Pearson;
        }
    }
}
