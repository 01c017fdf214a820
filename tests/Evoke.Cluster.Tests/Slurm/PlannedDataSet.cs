using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using Evoke.Datasets.Demo;
using Evoke.Testing;

namespace Evoke.Cluster.Tests.Slurm;

/// <summary>Short films with labels, a plan that takes them through Slurm, and the same chain of commands run by hand.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class PlannedDataSet(string name, int films, int shards) : IDisposable
{
    private static readonly int[] Seeds = [1, 2, 3];
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Evoke.Cli.dll");
    private static readonly string[] Settings = ["train.epochs=2", "train.batch=8", "train.validate_every=1"];

    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.Path;

    public string Plan => _folder.File("plan.yaml");

    public string Manifest => _folder.File("manifest.csv");

    public string Out => _folder.File("out");

    public string Features => Path.Combine(Out, "features");

    public string Evaluation => Path.Combine(Out, "evaluation.json");

    /// <summary>The ffmpeg of Slurm's tasks; null for that on the PATH.</summary>
    public string? Ffmpeg { get; set; }

    /// <summary>Features of the chain run by hand, from one process.</summary>
    public string FeaturesByHand => _folder.File("alone");

    public void Dispose() => _folder.Dispose();

    public async Task WriteAsync()
    {
        DemoDataset dataset = DemoDataset.Draw(new DemoDatasetOptions { Videos = films, Seconds = 10, Width = 96, Height = 54 });
        await dataset.WriteAsync(Folder, cancellationToken: TestContext.Current.CancellationToken);
        (await ListAsync()).ShouldBe(0);
        File.WriteAllText(Plan, $"""
            name: {name}
            out: out
            manifest: manifest.csv
            evoke: [{(Ffmpeg is null ? "" : $"env, EVOKE_FFMPEG={Ffmpeg}, ")}dotnet, {Program}]
            slurm: {"{"} time: 10, cpus: 1, memory: 100M {"}"}
            extract: {"{"} shards: {shards} {"}"}
            train:
              labels: train.csv
              val_labels: val.csv
              recipe: demo
              set: [{string.Join(", ", Settings)}]
              seeds: [{string.Join(", ", Seeds)}]
            ensemble: {"{"} top: 2 {"}"}
            """);
    }

    /// <summary>Puts something that is not a film in the place of one.</summary>
    /// <returns>The video's id.</returns>
    public async Task<string> BreakAFilmAsync()
    {
        string film = Directory.GetFiles(DemoDataset.VideosOf(Folder)).Order(StringComparer.Ordinal).First();
        File.WriteAllText(film, "no film");
        (await ListAsync()).ShouldBe(1, "the broken film is named");
        return Path.GetFileNameWithoutExtension(film);
    }

    /// <summary>Runs evoke as a user of the cluster does.</summary>
    /// <returns>Its standard output.</returns>
    public static async Task<string> EvokeAsync(TestCluster cluster, params string[] arguments)
    {
        (int exitCode, string output, string error) = await cluster.RunAsync("dotnet", [Program, .. arguments]);
        exitCode.ShouldBe(0, error);
        return output;
    }

    public async Task<JsonElement> StatusAsync(TestCluster cluster) =>
        JsonDocument.Parse(await EvokeAsync(cluster, "slurm", "status", Plan, "--json")).RootElement;

    /// <summary>Waits for the last file, which needs no CPU time, and then for the status that evoke reports.</summary>
    public async Task UntilCompleteAsync(TestCluster cluster)
    {
        await cluster.UntilAsync(() => Task.FromResult(File.Exists(Evaluation)), "everything is done");
        (await StatusAsync(cluster)).GetProperty("complete").GetBoolean().ShouldBeTrue();
    }

    /// <summary>Extracts, trains each seed, builds the ensemble and scores it without Slurm.</summary>
    /// <returns>The scores, as evoke prints them.</returns>
    public async Task<string> ChainByHandAsync()
    {
        await AloneAsync("extract", "--manifest", Manifest, "--out", FeaturesByHand, "--allow-failures");
        string[] runs = [.. Seeds.Select(seed => _folder.File(string.Create(CultureInfo.InvariantCulture, $"by-hand/seed-{seed}")))];
        for (int i = 0; i < Seeds.Length; i++)
        {
            await AloneAsync(
                [
                    "train", "--train-labels", _folder.File("train.csv"), "--val-labels", _folder.File("val.csv"),
                    "--features", FeaturesByHand, "--recipe", "demo",
                    .. Settings.SelectMany(setting => new[] { "--set", setting }),
                    "--set", string.Create(CultureInfo.InvariantCulture, $"train.seed={Seeds[i]}"), "--out", runs[i],
                ]);
        }

        string model = _folder.File("by-hand.safetensors");
        await AloneAsync(["ensemble", .. runs, "--val-labels", _folder.File("val.csv"), "--features", FeaturesByHand, "--top", "2", "--out", model]);
        return await AloneAsync(
            "evaluate", "--labels", _folder.File("val.csv"), "--model", model, "--features", FeaturesByHand, "--missing-as-zeros", "--json");
    }

    private async Task<int> ListAsync() => (await RunAsync(["dataset", "manifest", "--videos", DemoDataset.VideosOf(Folder), "--out", Manifest])).ExitCode;

    private static async Task<string> AloneAsync(params string[] arguments)
    {
        BufferedCommandResult result = await RunAsync(arguments);
        result.ExitCode.ShouldBe(0, result.StandardError);
        return result.StandardOutput;
    }

    private static async Task<BufferedCommandResult> RunAsync(string[] arguments) => await CliWrap.Cli.Wrap("dotnet")
        .WithArguments([Program, .. arguments]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
}
