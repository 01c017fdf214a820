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

    private byte[] Train(Recipe recipe, string name)
    {
        RunFolder folder = new(_folder.File(name));
        using Trainer trainer = Trainer.Open(
            recipe, ToyDataset.Set("train", 24, recipe), ToyDataset.Set("val", 10, recipe), folder, cancellationToken: TestContext.Current.CancellationToken);
        trainer.Run(cancellationToken: TestContext.Current.CancellationToken);
        return File.ReadAllBytes(folder.Checkpoint);
    }
}
