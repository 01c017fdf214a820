using System.Security.Cryptography;
using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Encoders.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Tensors;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;
using Microsoft.AspNetCore.Http;

namespace Evoke.Cli.Tests.Models;

/// <summary>The built program against a real server.</summary>
public sealed class ModelsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _content;
    private readonly string _sha256;
    private FileServer _server = null!;

    public ModelsTests()
    {
        ExpandedWeights.Write(
            _folder.File("mine.pth"),
            ParametersOf(weights => new SwinTransformer(SwinConfig.Tiny, weights, "swin-t", "", NetworkPlacement.Exact)),
            floats: 300_000);
        _content = File.ReadAllBytes(_folder.File("mine.pth"));
        _sha256 = Convert.ToHexStringLower(SHA256.HashData(_content));
    }

    public async ValueTask InitializeAsync() => _server = await FileServer.StartAsync(_content);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task WeightsAreListedPulledThroughABrokenConnectionAndRemoved()
    {
        CommandResult before = await RunAsync("models", "list");
        before.ExitCode.ShouldBe(ExitCode.Done, before.Error);
        before.Out.ShouldContain("swin-l          -       ~916 MB   1536  MIT           -");
        before.Out.ShouldContain(_folder.File("home"));

        _server.Script = async (context, n) => n == 1 && await _server.CutAfterAsync(context, 400_000);
        CommandResult pull = await RunAsync("models", "pull", "swin-t", "--from", _server.Address + "swin_t.pth", "--sha256", _sha256[..12]);
        pull.ExitCode.ShouldBe(ExitCode.Done, pull.Error);
        pull.Out.ShouldContain($"swin-t: 1 MB, sha256 {_sha256[..12]}");
        _server.Requests.Last().ShouldContain("bytes=");

        CommandResult after = await RunAsync("models", "list", "--json");
        JsonElement listed = JsonDocument.Parse(after.Out).RootElement.GetProperty("weights").EnumerateArray()
            .First(w => w.GetProperty("name").GetString() == "swin-t");
        listed.GetProperty("installed").GetProperty("sha256").GetString().ShouldBe(_sha256);
        listed.GetProperty("licence").GetString().ShouldBe("MIT");
        listed.GetProperty("input_size").GetInt32().ShouldBe(224);
        File.ReadAllBytes(listed.GetProperty("installed").GetProperty("path").GetString()!).ShouldBe(_content);

        CommandResult remove = await RunAsync("models", "remove", "swin-t", "vggish", "--json");
        JsonElement report = JsonDocument.Parse(remove.Out).RootElement;
        report.GetProperty("removed")[0].GetString().ShouldBe("swin-t");
        report.GetProperty("absent")[0].GetString().ShouldBe("vggish");
        (await RunAsync("models", "list", "--installed", "--json")).Out.ShouldContain("\"weights\": []");
    }

    [Fact]
    public async Task AnImportIsAnnouncedWithItsHash()
    {
        string vggish = _folder.File("vggish.pth");
        ExpandedWeights.Write(vggish, ParametersOf(weights => new VggishNetwork(weights, "", NetworkPlacement.Exact)));
        CommandResult import = await RunAsync("models", "import", vggish, "vggish", "--json");
        import.ExitCode.ShouldBe(ExitCode.Done, import.Error);
        JsonElement installed = JsonDocument.Parse(import.Out).RootElement;
        installed.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(vggish))));
        installed.GetProperty("official").GetBoolean().ShouldBeFalse();
        (await RunAsync("models", "list", "--installed")).Out.ShouldContain("not the published file");
    }

    [Fact]
    public async Task WeightsThatDoNotFitAreRefusedByTheImport()
    {
        CommandResult import = await RunAsync("models", "import", _folder.File("mine.pth"), "vggish");
        import.ExitCode.ShouldBe(ExitCode.WrongUse);
        import.Error.ShouldContain($"{_folder.File("mine.pth")} does not hold the weights of vggish.");
        import.Error.ShouldContain("missing: features.0.weight");
        (await RunAsync("models", "list", "--installed", "--json")).Out.ShouldContain("\"weights\": []");
    }

    [Fact]
    public async Task AFailedPullFailsTheCommandAndSaysWhy()
    {
        _server.Script = (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.FromResult(true);
        };
        CommandResult pull = await RunAsync("models", "pull", "swin-t", "--from", _server.Address + "swin_t.pth", "--json");
        pull.ExitCode.ShouldBe(ExitCode.SomeFailed);
        pull.Error.ShouldContain("404");
        JsonDocument.Parse(pull.Out).RootElement.GetProperty("failed")[0].GetProperty("name").GetString().ShouldBe("swin-t");

        _server.Script = (_, _) => Task.FromResult(false);
        CommandResult wrong = await RunAsync("models", "pull", "vggish", "--from", _server.Address + "vggish.pth");
        wrong.ExitCode.ShouldBe(ExitCode.SomeFailed);
        wrong.Error.ShouldContain("10086976");
        wrong.Error.ShouldContain(_sha256);
    }

    [Fact]
    public async Task AFullDiskIsSaidAndNothingIsLeftOnIt()
    {
        using SmallDisk? disk = SmallDisk.TryMount(kilobytes: 256);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        disk.Fill();
        string[][] lines =
        [
            ["models", "import", _folder.File("mine.pth"), "swin-t"],
            ["models", "pull", "swin-t", "--from", _server.Address + "swin_t.pth"],
        ];
        foreach (string[] line in lines)
        {
            CommandResult result = await CommandResult.OfProcessAsync(line, new() { ["EVOKE_HOME"] = disk.Path });

            result.ExitCode.ShouldBe(ExitCode.WrongUse, result.Out + result.Error);
            result.Error.ShouldContain($"Cannot write {disk.Path}");
            result.Error.ShouldContain("the disk is full");
            Directory.GetFiles(disk.Path, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 0)
                .ShouldAllBe(path => Path.GetFileName(path).StartsWith("filler", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("models pull", "--all")]
    [InlineData("models pull swin-xl", "swin-l")]
    [InlineData("models pull swin-t --from ftp://x/y", "http")]
    [InlineData("models pull swin-t --sha256 xyz", "hexadecimal")]
    [InlineData("models pull swin-t swin-s --from http://localhost/x", "one file")]
    [InlineData("models import /nowhere/file.pth swin-t", "/nowhere/file.pth")]
    [InlineData("models remove swin-xl", "swin-l")]
    public async Task WrongUseIsExplained(string line, string named)
    {
        CommandResult result = await CommandResult.OfAsync(line.Split(' '));
        result.ExitCode.ShouldBe(ExitCode.WrongUse, result.Error);
        result.Error.ShouldContain(named);
        result.Out.ShouldBeEmpty();
    }

    private static IEnumerable<(string Name, long[] Shape)> ParametersOf(Func<IStateDict, IFeatureNetwork> load)
    {
        string empty = Path.GetTempFileName();
        try
        {
            SafeTensorsWriter.Write(empty, [], []);
            using TensorFile file = SafeTensorsFile.Open(empty);
            return Should.Throw<WeightsMismatchException>(() => load(new TensorFileStateDict(file)).Dispose())
                .Missing.Select(parameter => (parameter.Name, parameter.Shape.ToArray()));
        }
        finally
        {
            File.Delete(empty);
        }
    }

    private Task<CommandResult> RunAsync(params string[] args) => CommandResult.OfProcessAsync(args, new() { ["EVOKE_HOME"] = _folder.File("home") });
}
