using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Hostile;

/// <summary>Damaged and hostile files end in a sentence that names the file and the line, not in an internal error.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("recipe-self.yaml")]
    [InlineData("recipe-keybomb.yaml")]
    [InlineData("recipe-243.yaml")]
    [InlineData("recipe-436.yaml")]
    public async Task ARecipeIsRefused(string file)
    {
        await ShouldBeRefusedAsync(
            file, "train", "--train-labels", Labels(), "--val-labels", Labels(), "--features", _folder.Path, "--out", _folder.File("run"), "--recipe");
    }

    [Theory]
    [InlineData("recipe-self.yaml")]
    [InlineData("recipe-keybomb.yaml")]
    [InlineData("search-80.yaml")]
    public Task ASearchIsRefused(string file) => ShouldBeRefusedAsync(
        file, "search", "--train-labels", Labels(), "--val-labels", Labels(), "--features", _folder.Path, "--out", _folder.File("search"));

    [Theory]
    [InlineData("recipe-self.yaml")]
    [InlineData("recipe-keybomb.yaml")]
    [InlineData("slurmplan-129.yaml")]
    public Task ASlurmPlanIsRefused(string file) => ShouldBeRefusedAsync(file, "slurm", "submit");

    [Fact]
    public async Task ARecipeNestedWithoutEndIsRefused()
    {
        string file = _folder.File("nest.yaml");
        await File.WriteAllTextAsync(file, "a: " + new string('[', 50_000), TestContext.Current.CancellationToken);
        await ShouldBeRefusedAsync(
            file, "train", "--train-labels", Labels(), "--val-labels", Labels(), "--features", _folder.Path, "--out", _folder.File("run"), "--recipe");
    }

    [Theory]
    [InlineData("manifest-30.csv", 2)]
    [InlineData("manifest-72.csv", 1)]
    public async Task AManifestIsRefused(string file, int line)
    {
        string path = HostileFile.PathOf(file);
        foreach (string[] arguments in (string[][])[["plan", path], ["extract", "--manifest", path, "--out", _folder.File("features")]])
        {
            CommandResult result = await CommandResult.OfAsync(arguments);
            result.ExitCode.ShouldBe(ExitCode.WrongUse, result.Error);
            result.Error.ShouldContain($"{path}, line {line}: ");
        }
    }

    [Theory]
    [InlineData("h5wrap0.h5")]
    [InlineData("h5big1.h5")]
    public async Task TheSoundVideosOfADamagedHdf5FileAreImported(string file)
    {
        CommandResult result = await CommandResult.OfAsync(
            "features", "import", "--visual-hdf5", HostileFile.PathOf(file), "--visual", "mine", "--out", _folder.File("features"));
        result.ExitCode.ShouldBe(ExitCode.SomeFailed, result.Error);
        result.Error.ShouldContain("more than a file of 6984 bytes can hold");
        result.Out.ShouldStartWith("3 imported, 1 failed");
    }

    [Fact]
    public async Task AFilmWhosePicturesCannotBeTakenHasAPageWithoutPictures()
    {
        string? film = HostileFile.Find("predict-html-m055.ts");
        Assert.SkipWhen(film is null, "shared/hostile/predict-html-m055.ts does not lie beside the checkout.");

        CommandResult result = await CommandResult.OfAsync("predict", film, "--html", "--out", _folder.File("out"));

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        result.Error.ShouldContain("the page has no pictures");
        File.Exists(Path.Combine(_folder.File("out"), "predict-html-m055.html")).ShouldBeTrue();
        File.Exists(Path.Combine(_folder.File("out"), "predict-html-m055.csv")).ShouldBeTrue();
    }

    [Fact]
    public async Task ADescriptionOfAnOnnxNetworkIsRefusedWithItsKey()
    {
        string network = OnnxModel.Mean(OnnxElement.Singles, "N", 3, 32, 32).Save(_folder.File("picture.onnx"));
        File.Copy(HostileFile.PathOf("onnxpicture-2458.json"), network + ".json");

        CommandResult result = await CommandResult.OfAsync(
            "extract", await Films.ShortAsync(), "--visual", $"onnx:{network}", "--audio", "none", "--out", _folder.File("features"));

        result.ExitCode.ShouldBe(ExitCode.WrongUse, result.Error);
        result.Error.ShouldContain("picture.onnx.json");
        result.Error.ShouldContain("\"range\"");
    }

    [Theory]
    [InlineData("trailing_comma.csv", ExitCode.WrongUse, "line 1: ")]
    [InlineData("ms.csv", ExitCode.Done, "milliseconds")]
    public async Task AnOddTableOfLabelsIsExplained(string file, int exitCode, string said)
    {
        string? path = SourceTree.Shared is { } shared ? Path.Combine(shared, "odd-files", file) : null;
        Assert.SkipUnless(File.Exists(path), $"shared/odd-files/{file} does not lie beside the checkout.");

        foreach (string[] arguments in (string[][])[["dataset", "stats", "--csv", path!], ["dataset", "check", "--csv", path!]])
        {
            CommandResult result = await CommandResult.OfAsync(arguments);

            result.ExitCode.ShouldBe(exitCode, result.Error);
            (result.Out + result.Error).ShouldContain(said);
            (result.Out + result.Error).ShouldNotContain("6000");
            result.Error.ShouldNotContain("Parameter");
        }
    }

    [Fact]
    public async Task AHeaderThatEndsInACommaIsExplainedWithoutTheWordsOfDotNet()
    {
        string labels = _folder.File("labels.csv");
        await File.WriteAllTextAsync(labels, "Video ID,Timestamp (milliseconds),joy,\na,0,0.5,\n", TestContext.Current.CancellationToken);
        CommandResult result = await CommandResult.OfAsync("dataset", "stats", "--csv", labels);
        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain("labels.csv, line 1: ");
        result.Error.ShouldNotContain("Parameter");
    }

    [Fact]
    public async Task NamesAndHeadersReachTheTerminalEscaped()
    {
        string labels = _folder.File("a\u001b[31m\u202e.csv");
        await File.WriteAllTextAsync(labels, "Video ID,\u001b]0;owned\u0007,joy\n", TestContext.Current.CancellationToken);
        CommandResult result = await CommandResult.OfAsync("dataset", "stats", "--csv", labels);
        result.Error.ShouldContain("a\\u001B[31m\\u202E.csv, line 1: ");
        result.Error.ShouldContain("\\u001B]0;owned\\u0007");
        (result.Out + result.Error).ShouldNotContain("\u001b");
    }

    private static async Task ShouldBeRefusedAsync(string file, params string[] before)
    {
        string path = File.Exists(file) ? file : HostileFile.PathOf(file);
        CommandResult result = await CommandResult.OfAsync([.. before, path]);
        result.ExitCode.ShouldBe(ExitCode.WrongUse, result.Error);
        result.Error.ShouldContain(path);
        result.Error.ShouldContain("line ");
    }

    private string Labels()
    {
        string path = _folder.File("labels.csv");
        File.WriteAllText(path, "Video ID,Timestamp (milliseconds),joy\na,0,0.5\n");
        return path;
    }
}
