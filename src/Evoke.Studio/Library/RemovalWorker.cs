using Evoke.Files;
using Evoke.Studio.Jobs;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Library;

/// <summary>Deletes removed videos for good once they can no longer be put back, or as soon as a job waits for disk space.</summary>
internal sealed partial class RemovalWorker(
    UndoableRemovals removals, VideoLibrary library, DiskWait disk, StudioOptions options, ILogger<RemovalWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.RetryInterval);
        try
        {
            do
            {
                DeleteDue();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the process.
        }
    }

    private void DeleteDue()
    {
        try
        {
            foreach (RemovedRecord removed in removals.All().Where(removed => disk.IsWaiting || removals.Until(removed) <= DateTimeOffset.UtcNow))
            {
                library.DeleteForGood(removed.Video, removed.FileGoes);
            }
        }
        catch (Exception error) when (ItemFailure.Of(options.DataFolder, error) is { } failure)
        {
            LogNotDeleted(logger, failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A removed video could not be deleted; it is tried again: {Reason}")]
    private static partial void LogNotDeleted(ILogger logger, string reason);
}
