using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Predict;

/// <summary>Features in place of videos give the same curves.</summary>
public sealed class PredictFeaturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FeatureFilesGiveTheCurvesOfTheirVideo()
    {
        string features = _folder.File("features");
        await DoneAsync("predict", await Films.ShortAsync(), "--out", _folder.File("video"));
        await DoneAsync("extract", await Films.ShortAsync(), "--out", features);

        await DoneAsync("predict", "--features", features, "--out", _folder.File("folder"), "--html");
        await DoneAsync("predict", Path.Combine(features, "flashes.safetensors"), "--out", _folder.File("file"));

        string[] curves = [.. new[] { "video", "folder", "file" }.Select(place => File.ReadAllText(_folder.File($"{place}/flashes.csv")))];
        curves[0].Split('\n').Length.ShouldBe(2 + 33); // ceil(6 * 5.5)
        curves.ShouldAllBe(text => text == curves[0]);
        File.Exists(_folder.File("folder/flashes.html")).ShouldBeTrue();
    }

    [Fact]
    public async Task FeaturesOfOtherEncodersAreRefusedByName()
    {
        ToyVideos.Write(_folder, "toy", 1);

        CommandResult result = await CommandResult.OfAsync("predict", "--features", _folder.File("features"), "--out", _folder.File("out"));

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain("toy-visual");
        result.Error.ShouldContain("visual-lld");
    }

    [Fact]
    public async Task AFolderOfFeaturesAmongTheVideosIsSaidToBeOne()
    {
        ToyVideos.Write(_folder, "toy", 1);

        CommandResult result = await CommandResult.OfAsync("predict", _folder.File("features"));

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain($"give it as --features {_folder.File("features")}");
    }

    private static async Task DoneAsync(params string[] line)
    {
        CommandResult result = await CommandResult.OfAsync(line);
        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
    }
}
