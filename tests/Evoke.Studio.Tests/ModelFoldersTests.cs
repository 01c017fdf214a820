using Evoke.Studio.Predictions;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

public sealed class ModelFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TwoRunsAreNamedByTheirFolders()
    {
        string one = Run("runs/one", "best", "last"), two = Run("runs/two", "best");
        Named(one, two).ShouldBe([("one", "runs/one/best"), ("one/last", "runs/one/last"), ("two", "runs/two/best")]);
    }

    [Fact]
    public void AFolderOfRunsOffersTheBestOfEach()
    {
        Run("runs/one", "best", "last");
        Run("runs/two", "best");
        Run("runs/unfinished");
        File.WriteAllText(_folder.File("runs/mine.safetensors"), "");
        Named(_folder.File("runs")).ShouldBe([("mine", "runs/mine"), ("one", "runs/one/best"), ("two", "runs/two/best")]);
    }

    [Fact]
    public void WhereTwoHaveOneNameTheSecondHasItsFolderBeforeIt()
    {
        string first = Run("a/run", "best"), second = Run("b/run", "best");
        Named(first, second, first).ShouldBe([("b/run", "b/run/best"), ("run", "a/run/best")]);
    }

    [Fact]
    public void AFileOutsideARunHasItsOwnName()
    {
        Directory.CreateDirectory(_folder.File("models"));
        File.WriteAllText(_folder.File("models/best.safetensors"), "");
        Named(_folder.File("models"), _folder.File("missing")).ShouldBe([("best", "models/best")]);
    }

    private string Run(string path, params string[] models)
    {
        string folder = Directory.CreateDirectory(_folder.File(path)).FullName;
        File.WriteAllText(Path.Combine(folder, "run.json"), "{}");
        foreach (string model in models)
        {
            File.WriteAllText(Path.Combine(folder, model + ".safetensors"), "");
        }

        return folder;
    }

    private (string Name, string Path)[] Named(params string[] folders) =>
        [.. ModelFolders.Find(folders).Select(model => (model.Key, Path.ChangeExtension(Path.GetRelativePath(_folder.Path, model.Value), null)))];
}
