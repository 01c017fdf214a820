using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Datasets.Checking;
using Evoke.Datasets.Manifests;
using Evoke.Files.Text;
using Evoke.Media.Videos;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset manifest</c>.</summary>
internal sealed class DatasetManifestVerb : Verb
{
    private readonly PathOption<string> _videos = new("--videos", PathRole.InputFolder)
    {
        Description = "Folder of the videos.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFile)
    {
        Description = "The manifest to write, with columns id,path,bytes,duration. Paths are relative to its folder.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetManifestVerb()
        : base(
            "manifest",
            "Lists videos with their sizes and durations, for work that is split across machines.",
            "evoke dataset manifest --videos videos --out manifest.csv")
    {
        Add(_videos);
        Add(_out);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        IReadOnlyList<VideoFile> videos = VideoFiles.Find([context.GetRequired(_videos)]);
        string manifest = Path.GetFullPath(context.GetRequired(_out));
        VideoInventory inventory = await CountDisplay.ShowAsync(
            context.Terminal, "videos", videos.Count, progress => VideoInventory.ReadAsync(videos, progress, context.CancellationToken)).ConfigureAwait(false);
        string folder = Path.GetDirectoryName(manifest)!;
        // A file that cannot be probed still belongs to the data set: the process that works on it lists it as a failure.
        Dictionary<VideoFile, InventoryEntry> probed = inventory.Entries.ToDictionary(entry => entry.Video);
        Manifest.Write(
            videos.Where(video => video.SameIdAs is null)
                .Select(video => probed.GetValueOrDefault(video)
                    ?? new InventoryEntry(video, new FileInfo(video.Path) is { Exists: true } file ? file.Length : 0, null))
                .Select(entry => new ManifestEntry(
                    entry.Video.VideoId, Path.GetRelativePath(folder, entry.Video.Path), entry.Bytes, entry.DurationSeconds ?? 0)),
            manifest);
        foreach (VideoFailure failure in inventory.Failures)
        {
            context.Fail($"failed: {failure.Error.Message}");
        }

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                Manifest = manifest,
                Videos = inventory.Entries.Select(entry => new { entry.Video.VideoId, entry.Video.Path, entry.Bytes, entry.DurationSeconds }),
                Failed = inventory.Failures.Select(failure => new { failure.Video.VideoId, failure.Video.Path, Error = failure.Error.Message }),
            });
        }
        else
        {
            context.Terminal.Out.WriteLine($"{Quantity.Of(inventory.Entries.Count, "video")}, {inventory.Failures.Count} failed: {manifest}");
        }

        return inventory.Failures.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }
}
