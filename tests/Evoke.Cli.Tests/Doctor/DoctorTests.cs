using System.Text.Json;
using Evoke.Cli.Shell;

namespace Evoke.Cli.Tests.Doctor;

public sealed class DoctorTests
{
    private static readonly string[] Necessary = ["ffmpeg", "ffprobe", "libtorch", "ONNX Runtime", "SQLite", "Processor", "Threads", "Cache folder"];

    [Fact]
    public async Task WhatIsNecessaryIsHereAndReallyWorks()
    {
        CommandResult result = await CommandResult.OfAsync("doctor", "--json");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Out);
        JsonElement report = JsonDocument.Parse(result.Out).RootElement;
        report.GetProperty("healthy").GetBoolean().ShouldBeTrue();
        Dictionary<string, string?> status = report.GetProperty("checks").EnumerateArray()
            .ToDictionary(check => check.GetProperty("name").GetString()!, check => check.GetProperty("status").GetString());
        Necessary.ShouldAllBe(name => status[name] == "ok");
        status.Keys.ShouldContain("GPU");
    }

    [Fact]
    public async Task WhatIsMissingIsNamedWithHowToMendItAndFails()
    {
        CommandResult result = await CommandResult.OfProcessAsync(["doctor"], new() { ["EVOKE_FFMPEG"] = "/nowhere/ffmpeg", ["EVOKE_HOME"] = "/proc/evoke" });

        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        string[] lines = result.Out.Split('\n');
        int ffmpeg = Array.FindIndex(lines, line => line.StartsWith("missing  ffmpeg", StringComparison.Ordinal));
        ffmpeg.ShouldBeGreaterThanOrEqualTo(0, result.Out);
        lines[ffmpeg].ShouldContain("/nowhere/ffmpeg");
        lines[ffmpeg + 1].ShouldContain("apt-get install ffmpeg");
        int cache = Array.FindIndex(lines, line => line.StartsWith("missing  Cache folder", StringComparison.Ordinal));
        cache.ShouldBeGreaterThanOrEqualTo(0, result.Out);
        lines[cache + 1].ShouldContain("EVOKE_HOME");
    }

    [Fact]
    public async Task OnnxRuntimeKeepsNoNumberOfThisMachine()
    {
        string home = Directory.CreateTempSubdirectory("evoke-test-").FullName;
        try
        {
            // On a build service it would be silent anyway.
            CommandResult result = await CommandResult.OfProcessAsync(
                ["doctor"],
                new()
                {
                    ["HOME"] = home,
                    ["XDG_CACHE_HOME"] = null,
                    ["CI"] = null,
                    ["GITHUB_ACTIONS"] = null,
                    ["TF_BUILD"] = null,
                    ["ORT_DISABLE_TELEMETRY"] = null,
                });

            result.Out.ShouldContain("ok       ONNX Runtime");
            Directory.EnumerateFileSystemEntries(home, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(home, path))
                .ShouldNotContain(path => path.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase)
                    || path.Contains("deviceid", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }
}
