using System.Diagnostics;
using System.Text.Json;
using Evoke.Testing;

namespace Evoke.Curves.Tests;

/// <summary>A small program that uses <c>Evoke.Curves</c> is trimmed and compiled ahead of time, where every warning is an error, and then run.</summary>
[Trait("Category", "Long")]
public sealed class TrimmedProgramTests : IDisposable
{
    private const string Program = """
        using Evoke.Curves;
        using Evoke.Curves.Csv;
        using Evoke.Curves.Export;
        using Evoke.Curves.Metrics;

        // Labels and predictions of two videos: written, read again, scored, exported.
        EmotionScheme scheme = new(["joy", "awe"]);
        EevCsv.Write(scheme, [Video("one", 60, 0), Video("two", 90, 0)], "labels.csv");
        EevCsv.Write(scheme, [Video("one", 60, 0.3), Video("two", 90, 0.3)], "predictions.csv");
        LabelledVideo[] labels = [.. EevCsv.ReadLabels("labels.csv")];
        LabelledVideo[] predictions = [.. EevCsv.ReadPredictions("predictions.csv", labels[0].Curves.Scheme)];
        ScoreTable table = new(labels[0].Curves.Scheme);
        foreach ((LabelledVideo label, LabelledVideo prediction) in labels.Zip(predictions))
        {
            table.Add(label.VideoId, label.Curves, prediction.Curves);
        }

        PredictionDocument document = new()
        {
            VideoId = "two", SourceName = "two.mp4", DurationSeconds = 15, ModelName = "test", Curves = predictions[1].Curves,
        };
        JsonExport.Write(document, "two.json");
        Console.WriteLine(FormattableString.Invariant($"pearson {table.MeanOf(ScoreKind.Pearson):F6}"));

        LabelledVideo Video(string id, int rows, double shift) => new(id, new EmotionCurves(
            scheme, new TimeGrid(new Rate(6), rows), [.. Enumerable.Range(0, rows * 2).Select(i => (float)(0.5 + (0.4 * Math.Sin((0.2 * i) + shift))))]));
        """;

    // The libraries as they were built, and the packages that they use.
    private static readonly string[] s_libraries = ["Evoke.Curves.dll", "Evoke.Files.dll", "CsvHelper.dll", "YamlDotNet.dll"];

    // Messages of a registry that does not answer, or does not have the package.
    private static readonly string[] s_absent = ["NU1101", "NU1102", "NU1301", "NETSDK1094"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Explicit = true)]
    [InlineData("PublishTrimmed")]
    [InlineData("PublishAot")]
    public async Task NothingThatItNeedsIsTrimmedAway(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It is published for Linux here.");
        Assert.SkipWhen(
            kind == "PublishAot" && !InPath("clang") && !InPath("gcc"), "Ahead-of-time compilation links with clang or gcc, and neither is in PATH.");
        await WriteProjectAsync(kind);
        (int code, string said) = await RunAsync("dotnet", "restore", "-v", "quiet", "-nologo");
        Assert.SkipWhen(code != 0 && s_absent.Any(said.Contains), $"The package registry does not give what {kind} needs: {said}");
        code.ShouldBe(0, said);

        (code, said) = await RunAsync("dotnet", "publish", "--no-restore", "-c", "Release", "-o", _folder.File("out"), "-v", "quiet", "-nologo");
        code.ShouldBe(0, said);
        File.Exists(_folder.File("out/System.Private.CoreLib.dll")).ShouldBe(kind == "PublishTrimmed");

        (code, said) = await RunAsync(_folder.File("out/program"));
        code.ShouldBe(0, said);
        said.Trim().ShouldBe("pearson 0.956218");
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder.File("two.json"), TestContext.Current.CancellationToken));
        json.RootElement.GetProperty("curves").GetProperty("awe").GetArrayLength().ShouldBe(90);
    }

    private async Task WriteProjectAsync(string kind)
    {
        string references = string.Concat(s_libraries.Select(name => $"<Reference Include=\"{Path.Combine(AppContext.BaseDirectory, name)}\" />"));
        string project =
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>
                <RuntimeIdentifier>linux-x64</RuntimeIdentifier><InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors><TrimmerSingleWarn>false</TrimmerSingleWarn><{kind}>true</{kind}>
              </PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """;
        await File.WriteAllTextAsync(_folder.File("program.csproj"), project, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.File("Program.cs"), Program, TestContext.Current.CancellationToken);
    }

    private static bool InPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + error);
    }
}
