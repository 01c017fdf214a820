using System.Collections.Immutable;
using System.Globalization;
using CliWrap;
using Evoke.Cluster.Shards;
using Evoke.Datasets.Manifests;

namespace Evoke.Bench;

/// <summary>The gain and the cost of splitting an extraction among processes.</summary>
internal sealed class ClusterBenchmark : IBenchmark
{
    private const int Films = 2;
    private const int FilmSeconds = 120;
    private const int Rounds = 2;
    private const int Lines = 1_000_000;

    public string Name => "cluster";

    public string Summary => "extraction in 1 and 2 shards on this machine, a shard with nothing to do, and splitting a manifest of 1,000,000 lines";

    public void Run(IReadOnlyList<string> arguments)
    {
        string folder = Directory.CreateTempSubdirectory("evoke-bench-cluster-").FullName;
        try
        {
            Split(folder);
            Shards(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Shards(string folder)
    {
        string manifest = MakeManifest(folder);
        int run = 0;
        Measurement Of(int shards) => Measurement.Of(
            () =>
            {
                string output = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"out{run++}"));
                Task.WhenAll(Enumerable.Range(0, shards).Select(shard => ExtractAsync(manifest, new Shard(shard, shards), output))).GetAwaiter().GetResult();
            },
            Rounds);
        Measurement one = Of(1), two = Of(2);
        Measurement idle = Measurement.Of(
            () => ExtractAsync(manifest, new Shard(Films, Films + 1), Path.Combine(folder, "idle")).GetAwaiter().GetResult(), Rounds);
        double seconds = Films * FilmSeconds;
        Table.Print(
            [$"{Films} films of {FilmSeconds} s, 720p", "best", "median", "x real time", "ratio"],
            ["1 shard", Table.Seconds(one.Best), Table.Seconds(one.Median), Table.Times(seconds / one.Median.TotalSeconds), "1.00"],
            [
                "2 shards side by side", Table.Seconds(two.Best), Table.Seconds(two.Median), Table.Times(seconds / two.Median.TotalSeconds),
                Table.Ratio(one.Median / two.Median)],
            ["a shard with nothing to do (aim: under 1 s)", Table.Seconds(idle.Best), Table.Seconds(idle.Median), "", ""]);
    }

    private static void Split(string folder)
    {
        string manifest = Path.Combine(folder, "million.csv");
        Random random = new(1);
        Manifest.Write(
            Enumerable.Range(0, Lines).Select(i => new ManifestEntry(
                string.Create(CultureInfo.InvariantCulture, $"video{i:0000000}"), string.Create(CultureInfo.InvariantCulture, $"videos/video{i:0000000}.mp4"),
                random.Next(1_000_000, 100_000_000), 20 + (random.NextDouble() * 400))),
            manifest);
        ImmutableArray<ManifestEntry> entries = Manifest.Read(manifest);
        Measurement read = Measurement.Of(() => Manifest.Read(manifest), Rounds);
        Measurement split = Measurement.Of(() => ShardPlan.Of(entries, new Shard(3, 64)), Rounds);
        Measurement all = Measurement.Of(() => ShardVideos.OfManifest(manifest, new Shard(3, 64)), Rounds);
        Table.Print(
            [$"manifest of {Lines.ToString("N0", CultureInfo.InvariantCulture)} lines, 64 shards", "best", "median"],
            ["read", Table.Seconds(read.Best), Table.Seconds(read.Median)],
            ["split", Table.Seconds(split.Best), Table.Seconds(split.Median)],
            ["both, as a shard does (aim: under 2 s)", Table.Seconds(all.Best), Table.Seconds(all.Median)]);
    }

    private static string MakeManifest(string folder)
    {
        string film = ExtractBenchmark.MakeFilm();
        string manifest = Path.Combine(folder, "films.csv");
        Manifest.Write(
            Enumerable.Range(0, Films).Select(
                i => new ManifestEntry(string.Create(CultureInfo.InvariantCulture, $"film{i}"), film, new FileInfo(film).Length, FilmSeconds)),
            manifest);
        return manifest;
    }

    private static async Task ExtractAsync(string manifest, Shard shard, string output) =>
        await Cli.Wrap("dotnet").WithArguments([EvokeProgram.Path, "extract", "--manifest", manifest, "--shard", shard.ToString(), "--out", output])
            .ExecuteAsync();
}
