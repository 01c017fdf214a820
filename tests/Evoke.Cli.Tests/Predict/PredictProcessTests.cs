using System.Diagnostics;
using Evoke.Cli.Shell;
using Evoke.Testing;
using static Evoke.Cli.Tests.EvokeProcess;

namespace Evoke.Cli.Tests.Predict;

/// <summary>Properties of the whole program: signals, cultures, libraries in memory.</summary>
public sealed class PredictProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheMachinesCultureDoesNotShow()
    {
        Dictionary<string, string?> german = new() { ["LC_ALL"] = "de_DE.UTF-8", ["LANG"] = "de_DE.UTF-8", ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0" };

        CommandResult result = await CommandResult.OfProcessAsync(["predict", await Films.ShortAsync(), "--out", Out, "--json"], german);

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        result.Out.ShouldContain("\"duration_seconds\": 5.5,");
        (await File.ReadAllLinesAsync(Path.Combine(Out, "flashes.csv"), TestContext.Current.CancellationToken))
            .ShouldAllBe(line => line.Split(',', StringSplitOptions.None).Length == 6);
    }

    [Fact]
    public async Task TheDefaultModelLoadsNoNetworkLibrary()
    {
        string[] mapped = await LibrariesOfAsync("predict", await Films.ShortAsync(), "--out", Out, "--html");

        mapped.ShouldContain(library => library.StartsWith("libcoreclr", StringComparison.Ordinal));
        mapped.ShouldNotContain(
            library => library.Contains("torch", StringComparison.OrdinalIgnoreCase) || library.Contains("onnx", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task WhereANetworkIsNeededItsLibraryIsSeen() =>
        (await LibrariesOfAsync("doctor")).ShouldContain(library => library.StartsWith("libtorch_cpu", StringComparison.Ordinal));

    [Fact]
    public async Task CtrlCLeavesNothingBehind()
    {
        using Process evoke = StartInGroupInRealTime("predict", await Films.LongAsync(), "--out", Out, "--json", "--html");
        await UntilAsync(() => Children(evoke.Id).Any(child => child.Name == "ffmpeg"));
        int[] children = [.. Children(evoke.Id).Select(child => child.Id)];

        // As a terminal does, to the whole group, including ffmpeg.
        await SignalAsync("-INT", -evoke.Id);
        string said = await evoke.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await evoke.WaitForExitAsync(TestContext.Current.CancellationToken);

        evoke.ExitCode.ShouldBe(ExitCode.Interrupted, said);
        said.ShouldContain("interrupted");
        (Directory.Exists(Out) ? Directory.GetFileSystemEntries(Out) : []).ShouldBeEmpty();
        await UntilAsync(() => children.All(child => !Directory.Exists($"/proc/{child}")));
    }

    [Fact]
    public async Task SigtermIsHeardByEvokeAlone()
    {
        using Process evoke = StartInGroupInRealTime("extract", await Films.LongAsync(), "--out", Out);
        await UntilAsync(() => Children(evoke.Id).Any(child => child.Name == "ffmpeg"));
        int[] children = [.. Children(evoke.Id).Select(child => child.Id)];

        await SignalAsync("-TERM", evoke.Id);
        await evoke.WaitForExitAsync(TestContext.Current.CancellationToken);

        evoke.ExitCode.ShouldBe(ExitCode.Interrupted);
        Directory.GetFileSystemEntries(Out).ShouldBeEmpty();
        await UntilAsync(() => children.All(child => !Directory.Exists($"/proc/{child}")));
    }

    // Libraries are never unloaded, so those found once stay until the end.
    private static async Task<string[]> LibrariesOfAsync(params string[] arguments)
    {
        using Process evoke = Start("dotnet", [CommandResult.Program, .. arguments]);
        Task<string> output = evoke.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = evoke.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        HashSet<string> libraries = [];
        while (!evoke.HasExited)
        {
            libraries.UnionWith(Maps(evoke.Id));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        evoke.ExitCode.ShouldBe(ExitCode.Done, await error);
        await output;
        return [.. libraries];
    }

    private static IEnumerable<string> Maps(int process)
    {
        try
        {
            return [.. File.ReadLines($"/proc/{process}/maps").Where(line => line.Contains(".so", StringComparison.Ordinal))
                .Select(line => Path.GetFileName(line))];
        }
        catch (IOException)
        {
            return []; // It has just ended.
        }
    }
}
