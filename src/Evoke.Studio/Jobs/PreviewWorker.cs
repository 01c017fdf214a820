using Evoke.Files;
using Evoke.Media;
using Evoke.Media.Previews;
using Evoke.Studio.Disk;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>Makes previews of files that browsers cannot play, in parallel with the analyses, so that playback does not wait for them.</summary>
internal sealed class PreviewWorker(JobRoom room, VideoAccess access, VideoLimits limits, StorageQuota quota) : JobWorker(JobKind.Preview, room)
{
    private readonly JobRoom _room = room;

    protected override async Task WorkAsync(VideoRecord video, JobRecord job, Action<JobProgress> report, CancellationToken cancellation)
    {
        if (video.PreviewBytes is not null)
        {
            return;
        }

        report(new JobProgress("preview", 0));
        MediaInfo film = await access.ProbeAsync(video, cancellation).ConfigureAwait(false);
        limits.ThrowIfTooMuch(video.Name, film);
        string path = _room.Files.PreviewPath(video.Id);
        using StorageQuota.Claim claim = quota.Begin();
        Pace pace = new(TimeProvider.System);
        PreviewOptions options = new() { Threads = Math.Max(1, Environment.ProcessorCount / 2) };
        await PreviewFilm.WriteAsync(film, path, options, new InlineProgress<PreviewProgress>(done =>
        {
            claim.GrowTo(done.Bytes);
            limits.ThrowIfTooLong(video.Name, done.SecondsDone);
            double total = Math.Max(done.SecondsTotal ?? done.SecondsDone, 1e-3);
            report(new JobProgress("preview", Math.Min(1, done.SecondsDone / total), pace.At(done.SecondsDone)));
        }), cancellation).ConfigureAwait(false);
        long bytes = new FileInfo(path).Length;
        if (_room.Videos.SetPreview(video.Id, bytes))
        {
            claim.Keep(bytes);
        }
    }
}
