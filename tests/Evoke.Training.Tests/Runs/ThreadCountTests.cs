using Evoke.Kernels.Torch;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Epochs;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Training.Tests.Runs;

/// <summary>Tests that change the number of threads of libtorch, a setting of the whole process, so nothing runs in parallel with them.</summary>
[CollectionDefinition(nameof(ThreadCountTests), DisableParallelization = true)]
[Collection(nameof(ThreadCountTests))]
public sealed class ThreadCountTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ThreadCountTests() => TorchRuntime.Start(threads: 1);

    public void Dispose()
    {
        TorchRuntime.Start(threads: 1);
        _folder.Dispose();
    }

    [Fact]
    public void OnTwoThreadsTheSameSeedGivesTheSameBytes()
    {
        TorchRuntime.Start(threads: 2);
        Recipe recipe = ToyDataset.Recipe("train.epochs=4");
        byte[] first = Train(recipe, "one");
        Train(recipe, "two").SequenceEqual(first).ShouldBeTrue();
    }

    [Fact]
    public void AThreadThatHasTrainedOnTwoThreadsTrainsOnOneOnceAnotherThreadHasAskedForOne()
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=1", "head.kind=tcn", "head.channels=8", "head.regression_hidden=8");
        byte[] one = Train(recipe, "one");
        TorchRuntime.Start(threads: 2);
        Train(recipe, "two").SequenceEqual(one).ShouldBeFalse("sums depend on the number of threads");
        Thread other = new(() => TorchRuntime.Start(threads: 1));
        other.Start();
        other.Join();
        Train(recipe, "one again").SequenceEqual(one).ShouldBeTrue();
    }

    private byte[] Train(Recipe recipe, string name)
    {
        RunFolder folder = new(_folder.File(name));
        using Trainer trainer = Trainer.Open(
            recipe, ToyDataset.Set("train", 24, recipe), ToyDataset.Set("val", 10, recipe), folder, cancellationToken: TestContext.Current.CancellationToken);
        trainer.Run(cancellationToken: TestContext.Current.CancellationToken);
        return File.ReadAllBytes(folder.Checkpoint);
    }
}
