using Evoke.Curves;
using Evoke.Studio.Disk;
using Evoke.Studio.Jobs;
using Evoke.Studio.Options;
using Evoke.Studio.Security;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Api;

/// <summary>Version, limits and load.</summary>
internal static class StatusEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/status", (StudioOptions options, RootFolders roots, StorageQuota quota, JobTable jobs) =>
        {
            IReadOnlyList<JobRecord> open = jobs.Open();
            return TypedResults.Ok(new StatusView(
                EvokeVersion.Text, roots.Paths, options.DefaultModel, options.MaxUploadBytes, options.QuotaBytes, quota.Used,
                open.Count(job => job.State == JobState.Queued), open.FirstOrDefault(job => job is { State: JobState.Running, Kind: JobKind.Analysis }),
                open.Any(job => job.Stage == DiskWait.Stage)));
        }).WithName("GetStatus").WithSummary("Version, limits and load.");
}
