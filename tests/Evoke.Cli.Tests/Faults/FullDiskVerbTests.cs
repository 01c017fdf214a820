using Evoke.Cli.Shell;
using Evoke.Cli.Tests.Insights;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Faults;

/// <summary>Each verb that writes, on a disk that is full: a sentence that names the file, exit code 2, and nothing half written. A disk that fills up on the
/// way is tested beside the runs: PredictFaultTests, ExtractionRunTests, FileHashesTests; Studio's in FullDiskTests.</summary>
public sealed class FullDiskVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SaysSoAndLeavesNothing()
    {
        using SmallDisk? disk = SmallDisk.TryMount(kilobytes: 256);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        await PrepareAsync();
        await WritePlanAsync(disk);
        await File.WriteAllTextAsync(
            _folder.File("manifest.csv"), "id,path,bytes,duration\na,/a.mp4,1,1\nb,/b.mp4,1,1\n", TestContext.Current.CancellationToken);
        EmoFilmRatings.Write(_folder, "Sintel", 722);
        string trace = Directory.GetFiles(_folder.File("ratings"), "*.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        await using FileServer server = await FileServer.StartAsync(await File.ReadAllBytesAsync(trace, TestContext.Current.CancellationToken));
        WriteHeadFeatures();
        InsightFilms.WritePredictions(_folder, "curves", 2);
        disk.Fill();
        string features = _folder.File("features"), train = _folder.File("train.csv"), val = _folder.File("val.csv"), film = await Films.ShortAsync();
        string[] labels = ["--train-labels", train, "--val-labels", val, "--features", features];
        string[][] lines =
        [
            ["predict", film, "--out", disk.Path],
            ["norms", "make", _folder.File("curves"), "--out", "DISK/trailers.norms.json"],
            ["breaks", film, "--csv", "DISK/breaks.csv"],
            ["extract", film, "--out", disk.Path],
            ["features", "export", features, "--modality", "visual", "--out", "DISK/visual.h5"],
            ["features", "import", "--visual-hdf5", _folder.File("visual.h5"), "--visual", "toy-visual", "--visual-rate", "1", "--out", disk.Path],
            ["dataset", "manifest", "--videos", Path.GetDirectoryName(film)!, "--out", "DISK/manifest.csv"],
            ["dataset", "stats", "--csv", train, "--html", "DISK/page.html"],
            ["dataset", "demo", "--videos", "3", "--seconds", "10", "--out", disk.Path],
            ["dataset", "import", _folder.File("ratings.csv"), "--out", "DISK/ratings"],
            ["dataset", "heatmap", _folder.File("info"), "--out", "DISK/replayed.csv"],
            ["dataset", "emo-film", "--ratings", _folder.File("ratings"), "--list", _folder.File("list.tsv"), "--out", "DISK/emo-film"],
            ["dataset", "emo-film", "--ratings", "DISK/ratings", "--list", _folder.File("list.tsv"), "--from", server.Address.AbsoluteUri,
                "--out", _folder.File("emo-film")],
            ["models", "import-head", Path.Combine(Repository.Root, "tests", "Evoke.Heads.Tests", "Golden", "ckpt_small.pth.tar"),
                "--features", _folder.File("head"), "--out", "DISK/head.safetensors"],
            ["dataset", "fetch", "--csv", _folder.File("times.csv"), "--pause", "0", "--out", disk.Path],
            ["train", .. labels, .. Small, "--out", "DISK/run"],
            ["ensemble", _folder.File("run"), "--out", "DISK/ensemble.safetensors"],
            ["submission", "--test-csv", _folder.File("times.csv"), "--features", features, "--model", _folder.File("run/best.safetensors"),
                "--out", "DISK/submission.csv"],
            ["search", _folder.File("search.yaml"), .. labels, "--out", "DISK/search"],
            ["reproduce", "--data", _folder.Path, "--out", "DISK/reproduce", "--tables", "1", "--seeds", "1", .. Small[2..]],
            ["slurm", "submit", _folder.File("plan.yaml"), "--dry-run"],
            ["demo", "--out", "DISK/demo"],
        ];

        List<string> wrong = [];
        foreach (string[] line in lines)
        {
            string[] arguments = [.. line.Select(part => part.Replace("DISK", disk.Path, StringComparison.Ordinal))];
            string what = string.Join(' ', line);

            CommandResult result = line[1] == "fetch"
                ? await CommandResult.OfProcessAsync(arguments, FakeYtDlp.Environment)
                : await CommandResult.OfAsync(arguments);

            string[] left = [.. Directory.GetFiles(disk.Path, "*", SearchOption.AllDirectories)
                .Where(path => !Path.GetFileName(path).StartsWith("filler", StringComparison.Ordinal)
                    && (new FileInfo(path).Length > 0 || path.EndsWith(".tmp", StringComparison.Ordinal)))];
            if (result.ExitCode != ExitCode.WrongUse || left.Length > 0
                || !result.Error.Contains($"Cannot write {disk.Path}", StringComparison.Ordinal)
                || !result.Error.Contains("the disk is full", StringComparison.Ordinal))
            {
                wrong.Add($"{what}: {result.ExitCode} {result.Out}{result.Error} {string.Join(' ', left)}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task TrainingGoesOnFromItsCheckpointWhenThereIsRoom(double share)
    {
        ToyVideos.Write(_folder, "train", 8);
        ToyVideos.Write(_folder, "val", 4);
        string[] Line(string run) =>
        [
            "train", "--train-labels", _folder.File("train.csv"), "--val-labels", _folder.File("val.csv"), "--features", _folder.File("features"), .. Small,
            "--set", "train.epochs=8", "--set", "train.validate_every=2", "--out", run,
        ];
        (await CommandResult.OfAsync(Line(_folder.File("whole")))).ExitCode.ShouldBe(ExitCode.Done);
        long pages = Directory.GetFiles(_folder.File("whole")).Sum(file => (new FileInfo(file).Length + 4095) / 4096);
        using SmallDisk? disk = SmallDisk.TryMount((int)(4 * pages * share));
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);

        CommandResult full = await CommandResult.OfAsync(Line(Path.Combine(disk.Path, "run")));
        disk.Resize(kilobytes: 8192);
        CommandResult resumed = await CommandResult.OfAsync(Line(Path.Combine(disk.Path, "run")));

        full.ExitCode.ShouldBe(ExitCode.WrongUse, full.Error);
        full.Error.ShouldContain($"Cannot write {disk.Path}/run/");
        full.Error.ShouldContain("the disk is full");
        resumed.ExitCode.ShouldBe(ExitCode.Done, resumed.Error);
        foreach (string name in new[] { "best.safetensors", "last.safetensors", "metrics.csv" })
        {
            File.ReadAllBytes(Path.Combine(disk.Path, "run", name)).ShouldBe(File.ReadAllBytes(_folder.File($"whole/{name}")), name);
        }
    }

    private static string[] Small =>
        ["--recipe", "demo", "--set", "train.epochs=2", "--set", "train.batch=4", "--set", "head.visual_hidden=4", "--set", "head.audio_hidden=4"];

    private Task WritePlanAsync(SmallDisk disk) => File.WriteAllTextAsync(
        _folder.File("plan.yaml"),
        $$"""
        name: toy
        out: {{disk.Path}}/cluster
        manifest: manifest.csv
        slurm: { time: 10, cpus: 1, memory: 100M }
        extract: { shards: 2 }
        train: { labels: train.csv, val_labels: val.csv, recipe: demo, seeds: [1, 2] }
        """,
        TestContext.Current.CancellationToken);

    // As wide as the checkpoint's head.
    private void WriteHeadFeatures() => FeatureStore.OpenOrCreate(_folder.File("head")).Write(new VideoFeatures
    {
        VideoId = "a",
        SourceName = "a.mp4",
        SourceBytes = 1,
        DurationSeconds = 1,
        Visual = new FeatureSequence(new EncoderIdentity("toy-visual"), new Rate(1), 24, new float[24]),
        Audio = new FeatureSequence(new EncoderIdentity("toy-audio"), new Rate(1), 8, new float[8]),
    });

    private async Task PrepareAsync()
    {
        ToyVideos.Write(_folder, "train", 8);
        ToyVideos.Write(_folder, "val", 4);
        EevCsv.WriteTimes([new VideoTimes("val0", new TimeGrid(new Rate(6), 100))], _folder.File("times.csv"));
        await File.WriteAllTextAsync(
            _folder.File("search.yaml"),
            """
            name: toy
            base: demo
            set: [head.visual_hidden=4, head.audio_hidden=4, train.epochs=2, train.batch=4]
            trials: 2
            min_epochs: 1
            ranges:
              train.lr: { log_uniform: [1e-4, 3e-2] }
            """,
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(Directory.CreateDirectory(_folder.File("info")).FullName, "a.info.json"),
            """{"id": "a", "heatmap": [{"start_time": 0, "end_time": 3, "value": 1}]}""",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            _folder.File("ratings.csv"),
            "video,rater,s,joy\n" + string.Concat(Enumerable.Range(0, 12).Select(step => $"v{step / 6},a,{step % 6},0.{step % 6}\n")),
            TestContext.Current.CancellationToken);
        CommandResult exported = await CommandResult.OfAsync(
            "features", "export", _folder.File("features"), "--modality", "visual", "--out", _folder.File("visual.h5"));
        exported.ExitCode.ShouldBe(ExitCode.Done, exported.Error);
        CommandResult trained = await CommandResult.OfAsync(
            ["train", "--train-labels", _folder.File("train.csv"), "--val-labels", _folder.File("val.csv"), "--features", _folder.File("features"), .. Small,
                "--out", _folder.File("run")]);
        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
    }
}
