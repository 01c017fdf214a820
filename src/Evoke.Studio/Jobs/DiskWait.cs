using Evoke.Files;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>Lets jobs wait while a disk is full, and shows it on them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class DiskWait(StudioOptions options, JobTable jobs, JobEvents events, ILoggerFactory loggers)
{
    /// <summary>The stage of a job that waits.</summary>
    public const string Stage = "waiting for disk space";

    /// <summary>The room to wait for at first, in bytes. A job that runs out of it again waits for twice as much.</summary>
    public const long LeastRoom = 1 << 20;

    /// <summary>The most room that a job waits for, in bytes.</summary>
    public const long MostRoom = 1 << 30;

    private readonly ILogger _logger = loggers.CreateLogger<DiskWait>();
    private int _waiting;

    /// <summary>True while a job waits.</summary>
    public bool IsWaiting => Volatile.Read(ref _waiting) > 0;

    /// <summary>The folder whose disk is full; null if the error has another reason.</summary>
    public string? FullFolder(Exception error) => error switch
    {
        StudioDatabaseException { IsDiskFull: true } => options.DataFolder,
        FileWriteException { IsDiskFull: true } file => Existing(System.IO.Path.GetDirectoryName(file.Path)),
        IOException other when new FileWriteException(options.DataFolder, other).IsDiskFull => options.DataFolder,
        _ => null,
    };

    /// <summary>Waits until there is room.</summary>
    /// <param name="job">The job that waits, as it was last shown.</param>
    /// <param name="folder">From <see cref="FullFolder"/>.</param>
    /// <param name="bytes">How much room is needed.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task UntilRoomAsync(JobRecord job, string folder, long bytes, CancellationToken cancellation)
    {
        LogFull(_logger, folder, job.Id);
        Interlocked.Increment(ref _waiting);
        try
        {
            Show(job, Stage);
            do
            {
                await Task.Delay(options.RetryInterval, cancellation).ConfigureAwait(false);
            }
            while (!DiskRoom.Has(folder, bytes));
            LogRoom(_logger, folder, job.Id);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            Show(job, null);
        }
    }

    private void Show(JobRecord job, string? stage)
    {
        if (jobs.Hold(job.Id, stage) is JobRecord now)
        {
            events.Publish(now);
        }
    }

    private string Existing(string? folder)
    {
        while (folder is not null && !Directory.Exists(folder))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? options.DataFolder;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The disk of {Folder} is full; job {Job} waits until there is room.")]
    private static partial void LogFull(ILogger logger, string folder, long job);

    [LoggerMessage(Level = LogLevel.Information, Message = "The disk of {Folder} has room again; job {Job} goes on.")]
    private static partial void LogRoom(ILogger logger, string folder, long job);
}
