using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using Evoke.Testing;

namespace Evoke.Tests;

/// <summary>
/// What somebody gets who has no checkout: packages from a folder, an empty package cache, a new program and a new tool manifest in an empty folder.
/// </summary>
/// <remarks>Takes ten minutes: everything is built again from a copy of the sources, and libtorch is downloaded.</remarks>
[Trait("Category", "Long")]
public sealed partial class StrangerTests : IDisposable
{
    // The gallery's limit.
    private const long MostBytes = 250 << 20;

    private const string Training = """

        if (args is ["train"])
        {
            DemoLearning learning = new("learning", new DemoDatasetOptions { Videos = 3, Seconds = 12 });
            await learning.MakeFilmsAsync();
            await learning.ExtractAsync();
            Recipe recipe = RecipeReader.Read("demo", ["train.epochs=2"]);
            try
            {
                using HeadModel head = learning.Train(recipe, learning.Open(recipe.Data), "run");
                using Predictor trained = Predictor.Load(learning.RunOf("run").Best);
                Prediction curves = await trained.PredictAsync("film.mp4");
                EevCsv.Write(curves.ToDocument(), "trained.csv");
                Console.WriteLine($"trained; keeps arguments: {Evoke.Kernels.Torch.TorchRuntime.KeepsArguments}");
            }
            catch (Evoke.Kernels.Torch.TorchUnavailableException error)
            {
                Console.WriteLine(error.Message);
            }
        }
        """;

    private static readonly string[] s_usings =
    [
        "Evoke.Datasets.Demo", "Evoke.Experiments.Demonstration", "Evoke.Heads.Models", "Evoke.Training.Recipes",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly PackedFeed _feed = new();

    public void Dispose()
    {
        _folder.Dispose();
        _feed.Dispose();
    }

    [Fact(Explicit = true)]
    public async Task AStrangerTrainsPredictsAndInstallsTheCommandLine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The command line is packed for Linux here.");
        BufferedCommandResult registry = await RunAsync("dotnet", "package", "search", "libtorch-cpu-linux-x64", "--exact-match");
        Assert.SkipUnless(
            registry.ExitCode == 0 && registry.StandardOutput.Contains("2.10.0", StringComparison.Ordinal),
            $"The package registry does not answer, so nothing was installed from it: {registry.StandardOutput}{registry.StandardError}");
        await _feed.PackAsync(TestContext.Current.CancellationToken);
        PackagesAreWhole();
        await File.WriteAllTextAsync(
            _folder.File("nuget.config"), $"""<configuration><packageSources><add key="packed" value="{_feed.Folder}" /></packageSources></configuration>""",
            TestContext.Current.CancellationToken);
        await MakeFilmAsync();

        await LibraryWorksAsync();
        await CommandLineWorksAsync();
    }

    private void PackagesAreWhole()
    {
        foreach (string file in Directory.GetFiles(_feed.Folder))
        {
            new FileInfo(file).Length.ShouldBeLessThan(MostBytes, file);
        }

        foreach (string library in Directory.GetDirectories(Path.Combine(SourceTree.Root!, "src")).Select(folder => Path.GetFileName(folder)))
        {
            (string[] files, string description) = _feed.Open(library == "Evoke.Cli" ? "Evoke.Tool" : library);
            files.ShouldContain("README.md");
            files.ShouldContain("icon.png");
            description.ShouldContain("<license type=\"expression\">Apache-2.0</license>");
            description.ShouldNotContain("libtorch-cpu");
            if (library is not ("Evoke" or "Evoke.Cli"))
            {
                files.ShouldContain($"lib/net10.0/{library}.xml");
                File.Exists(Path.Combine(_feed.Folder, $"{library}.{_feed.Version}.snupkg")).ShouldBeTrue(library);
            }
        }
    }

    private async Task LibraryWorksAsync()
    {
        string app = _folder.File("app");
        await MustAsync("dotnet", "new", "console", "-o", app);
        await MustAsync("dotnet", "add", app, "package", "Evoke", "--version", _feed.Version);
        (string usings, string readme) = Readme();
        string program = Path.Combine(app, "Program.cs");
        await File.WriteAllTextAsync(program, usings + readme, TestContext.Current.CancellationToken);
        await MustAsync("dotnet", "run", "--project", app, "-c", "Release");
        File.ReadLines(_folder.File("film.csv")).Count().ShouldBeGreaterThan(50);

        await MustAsync("dotnet", "add", app, "package", "Evoke.Experiments", "--version", _feed.Version);
        string more = string.Concat(s_usings.Select(name => $"using {name};\n"));
        await File.WriteAllTextAsync(program, usings + more + readme + Training, TestContext.Current.CancellationToken);
        (await MustAsync("dotnet", "run", "--project", app, "-c", "Release", "--", "train")).ShouldContain("Add the package libtorch-cpu-linux-x64 2.10.0");
        Directory.GetFiles(app, "libtorch_cpu.so", SearchOption.AllDirectories).ShouldBeEmpty();

        await MustAsync("dotnet", "add", app, "package", "libtorch-cpu-linux-x64", "--version", "2.10.0");
        Directory.Delete(_folder.File("learning"), recursive: true);
        (await MustAsync("dotnet", "run", "--project", app, "-c", "Release", "--", "train")).ShouldContain("trained; keeps arguments: True");
        File.ReadLines(_folder.File("trained.csv")).First().ShouldContain("amusement");
    }

    private async Task CommandLineWorksAsync()
    {
        await MustAsync("dotnet", "new", "tool-manifest");
        await MustAsync("dotnet", "tool", "install", "evoke.tool", "--version", _feed.Version);
        (await MustAsync("dotnet", "evoke", "--version")).ShouldStartWith(_feed.Version);
        string[] installed =
        [
            .. Directory.GetDirectories(_folder.File("cache"), "evoke.tool*")
                .SelectMany(package => Directory.GetFiles(package, "Evoke.*.dll", SearchOption.AllDirectories)),
        ];
        installed.ShouldNotBeEmpty();
        installed.ShouldAllBe(file => IsCompiledAheadOfTime(file));
        (await MustAsync("dotnet", "evoke", "doctor")).ShouldContain("Everything that Evoke needs is installed and works.");
        await MustAsync("dotnet", "evoke", "predict", "film.mp4", "--out", "tool.csv");
        (await File.ReadAllTextAsync(_folder.File("tool.csv"), TestContext.Current.CancellationToken))
            .ShouldBe(await File.ReadAllTextAsync(_folder.File("film.csv"), TestContext.Current.CancellationToken));
    }

    private static bool IsCompiledAheadOfTime(string assembly)
    {
        using PEReader reader = new(File.OpenRead(assembly));
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    private Task<string> MakeFilmAsync() => MustAsync(
        "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=12:duration=10", "-f", "lavfi", "-i", "sine=frequency=330:duration=10",
        "-c:v", "mpeg4", "film.mp4");

    /// <summary>The sample of the package's README: its using lines and the rest.</summary>
    private static (string Usings, string Code) Readme()
    {
        string sample = Sample().Match(File.ReadAllText(Path.Combine(SourceTree.Root!, "src", "Evoke", "README.md"))).Groups[1].Value;
        string[] lines = sample.Split('\n');
        return (string.Concat(lines.Where(IsUsing).Select(line => line + "\n")), string.Join('\n', lines.Where(line => !IsUsing(line))));

        static bool IsUsing(string line) => line.StartsWith("using Evoke.", StringComparison.Ordinal);
    }

    private async Task<string> MustAsync(string program, params string[] arguments)
    {
        BufferedCommandResult result = await RunAsync(program, arguments);
        result.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{result.StandardOutput}{result.StandardError}");
        return result.StandardOutput;
    }

    // The SDK remembers per user where a version of a tool lies: another run's folder, which is gone.
    private async Task<BufferedCommandResult> RunAsync(string program, params string[] arguments) => await Cli.Wrap(program).WithArguments(arguments)
        .WithWorkingDirectory(_folder.Path)
        .WithEnvironmentVariables(variables => variables.Set("NUGET_PACKAGES", _folder.File("cache")).Set("EVOKE_HOME", _folder.File("home"))
            .Set("DOTNET_CLI_HOME", _folder.File("dotnet")).Set("MSBUILDDISABLENODEREUSE", "1"))
        .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();
}
