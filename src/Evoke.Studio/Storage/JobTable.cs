using Evoke.Studio.Errors;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>The past, running and waiting jobs. They survive a restart of the server.</summary>
public sealed class JobTable
{
    private const string Columns = "id, video, kind, model, state, stage, progress, attempts, created, started, ended, error";
    private readonly StudioDatabase _database;

    /// <summary>Reads and writes in <paramref name="database"/>.</summary>
    public JobTable(StudioDatabase database) => _database = database;

    /// <summary>Queues a job, or returns the one that is already queued or running for this video and model.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="kind">The kind of job.</param>
    /// <param name="model">The model; empty for a preview.</param>
    /// <param name="maxQueued">How many jobs may wait.</param>
    /// <exception cref="StudioRequestException">As many jobs wait as may (429).</exception>
    public JobRecord Enqueue(string videoId, JobKind kind, string model, int maxQueued)
    {
        using SqliteConnection connection = _database.Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        JobRecord? open = Query(
            connection, $"SELECT {Columns} FROM job WHERE video = $video AND kind = $kind AND model = $model AND state IN ('queued', 'running')",
            c => c.With("$video", videoId).With("$kind", Name(kind)).With("$model", model)).SingleOrDefault();
        if (open is not null)
        {
            return open;
        }

        ThrowIfFull(connection, maxQueued);
        JobRecord job = Query(connection,
            $"INSERT INTO job (video, kind, model, state, created) VALUES ($video, $kind, $model, 'queued', $now) RETURNING {Columns}",
            c => c.With("$video", videoId).With("$kind", Name(kind)).With("$model", model).With("$now", SqliteReading.Text(DateTimeOffset.UtcNow))).Single();
        transaction.Commit();
        return job;
    }

    /// <summary>Throws if the queue is full; called before an upload is read.</summary>
    /// <exception cref="StudioRequestException">As many jobs wait as may (429).</exception>
    public void ThrowIfFull(int maxQueued)
    {
        using SqliteConnection connection = _database.Open();
        ThrowIfFull(connection, maxQueued);
    }

    /// <summary>Takes the oldest waiting job of a kind and marks it as running; null if none waits.</summary>
    public JobRecord? TakeNext(JobKind kind) => Write(
        $"""
        UPDATE job SET state = 'running', stage = 'reading', progress = 0, attempts = attempts + 1, started = $now, ended = NULL, error = NULL
        WHERE id = (SELECT id FROM job WHERE state = 'queued' AND kind = $kind ORDER BY id LIMIT 1)
        RETURNING {Columns}
        """,
        c => c.With("$kind", Name(kind)).With("$now", SqliteReading.Text(DateTimeOffset.UtcNow)));

    /// <summary>Queues the jobs of a kind again that were running when the server last stopped; returns their number.</summary>
    public int RequeueInterrupted(JobKind kind)
    {
        using SqliteConnection connection = _database.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "UPDATE job SET state = 'queued', stage = 'waiting', progress = 0, started = NULL WHERE state = 'running' AND kind = $kind";
        return command.With("$kind", Name(kind)).ExecuteNonQuery();
    }

    /// <summary>Stores the progress of a running job.</summary>
    public void Report(long id, string stage, double progress) => Write(
        $"UPDATE job SET stage = $stage, progress = $progress WHERE id = $id AND state = 'running' RETURNING {Columns}",
        c => c.With("$id", id).With("$stage", stage).With("$progress", Math.Clamp(progress, 0, 1)));

    /// <summary>Ends a running job as failed or cancelled; null if it was not running.</summary>
    public JobRecord? End(long id, JobState state, string? error) => Write(
        $"UPDATE job SET state = $state, ended = $now, error = $error WHERE id = $id AND state = 'running' RETURNING {Columns}",
        c => c.With("$id", id).With("$state", Name(state)).With("$error", error).With("$now", SqliteReading.Text(DateTimeOffset.UtcNow)));

    /// <summary>Cancels a waiting job; null if it is not waiting.</summary>
    public JobRecord? CancelQueued(long id) => Write(
        $"UPDATE job SET state = 'cancelled', ended = $now WHERE id = $id AND state = 'queued' RETURNING {Columns}",
        c => c.With("$id", id).With("$now", SqliteReading.Text(DateTimeOffset.UtcNow)));

    /// <summary>The job with this number; null if there is none.</summary>
    public JobRecord? Find(long id) => Read($"SELECT {Columns} FROM job WHERE id = $id", c => c.With("$id", id)).SingleOrDefault();

    /// <summary>The jobs of a video that have not ended.</summary>
    public IReadOnlyList<JobRecord> OpenOf(string videoId) =>
        Read($"SELECT {Columns} FROM job WHERE video = $video AND state IN ('queued', 'running')", c => c.With("$video", videoId));

    /// <summary>All jobs that have not ended, oldest first.</summary>
    public IReadOnlyList<JobRecord> Open() => Read($"SELECT {Columns} FROM job WHERE state IN ('queued', 'running') ORDER BY id", c => c);

    /// <summary>The newest jobs, newest first.</summary>
    public IReadOnlyList<JobRecord> Newest(int count) =>
        Read($"SELECT {Columns} FROM job ORDER BY id DESC LIMIT $count", c => c.With("$count", count));

    /// <summary>For each video the newest job of each kind.</summary>
    public ILookup<string, JobRecord> NewestByVideo() =>
        Read($"SELECT {Columns} FROM job WHERE id IN (SELECT MAX(id) FROM job GROUP BY video, kind)", c => c).ToLookup(job => job.VideoId);

    /// <summary>For one video the newest job of each kind.</summary>
    public IReadOnlyList<JobRecord> NewestOf(string videoId) =>
        Read($"SELECT {Columns} FROM job WHERE id IN (SELECT MAX(id) FROM job WHERE video = $video GROUP BY kind)", c => c.With("$video", videoId));

    internal static string Name(JobKind kind) => kind switch
    {
        JobKind.Analysis => "analysis",
        JobKind.Preview => "preview",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of job."),
    };

    internal static string Name(JobState state) => state switch
    {
        JobState.Queued => "queued",
        JobState.Running => "running",
        JobState.Done => "done",
        JobState.Failed => "failed",
        JobState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a job."),
    };

    private static void ThrowIfFull(SqliteConnection connection, int maxQueued)
    {
        using SqliteCommand count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM job WHERE state = 'queued'";
        long waiting = (long)count.ExecuteScalar()!;
        if (waiting >= maxQueued)
        {
            throw new StudioRequestException(StatusCodes.Status429TooManyRequests,
                $"The queue is full: {waiting} jobs are waiting. Try again when some have ended.");
        }
    }

    private JobRecord? Write(string sql, Func<SqliteCommand, SqliteCommand> bind) => Read(sql, bind).SingleOrDefault();

    private List<JobRecord> Read(string sql, Func<SqliteCommand, SqliteCommand> bind)
    {
        using SqliteConnection connection = _database.Open();
        return Query(connection, sql, bind);
    }

    private static List<JobRecord> Query(SqliteConnection connection, string sql, Func<SqliteCommand, SqliteCommand> bind)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constant statements from this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = bind(command).ExecuteReader();
        List<JobRecord> jobs = [];
        while (reader.Read())
        {
            jobs.Add(new JobRecord
            {
                Id = reader.GetInt64(0),
                VideoId = reader.GetString(1),
                Kind = Enum.Parse<JobKind>(reader.GetString(2), ignoreCase: true),
                Model = reader.GetString(3),
                State = Enum.Parse<JobState>(reader.GetString(4), ignoreCase: true),
                Stage = reader.GetString(5),
                Progress = reader.GetDouble(6),
                Attempts = reader.GetInt32(7),
                Created = reader.Time(8),
                Started = reader.TimeOrNull(9),
                Ended = reader.TimeOrNull(10),
                Error = reader.TextOrNull(11),
            });
        }

        return jobs;
    }
}
