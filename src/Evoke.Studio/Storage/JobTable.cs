using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Evoke.Studio.Errors;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>The past, running and waiting jobs. They survive a restart of the server.</summary>
internal sealed class JobTable
{
    private const string Columns = "id, video, kind, model, state, stage, progress, attempts, created, started, ended, error";
    private const string InLibrary = "video IN (SELECT id FROM video WHERE removed IS NULL)";
    private const string NotTriedAgain =
        "NOT EXISTS (SELECT 1 FROM job newer WHERE newer.video = job.video AND newer.kind = job.kind AND newer.model = job.model AND newer.id > job.id)";

    private const string Requeue = "UPDATE job SET state = 'queued', stage = 'waiting', progress = 0, started = NULL";
    private readonly StudioDatabase _database;
    private readonly ConcurrentDictionary<long, string> _held = [];

    /// <summary>Reads and writes in <paramref name="database"/>.</summary>
    public JobTable(StudioDatabase database) => _database = database;

    /// <summary>Queues a job, or returns the one that is already queued or running for this video and model.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="kind">The kind of job.</param>
    /// <param name="model">The model; empty for a preview.</param>
    /// <param name="maxQueued">How many jobs may wait.</param>
    /// <exception cref="StudioRequestException">As many jobs wait as may (429).</exception>
    public JobRecord Enqueue(string videoId, JobKind kind, string model, int maxQueued) => _database.Use(connection =>
    {
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
    });

    /// <summary>Throws if the queue has not enough room; called before an upload is read.</summary>
    /// <param name="maxQueued">How many jobs may wait.</param>
    /// <param name="wanted">How many are to be queued.</param>
    /// <exception cref="StudioRequestException">So many jobs would wait that may not (429).</exception>
    public void ThrowIfFull(int maxQueued, int wanted = 1) => _database.Use(connection => ThrowIfFull(connection, maxQueued, wanted));

    /// <summary>The oldest waiting job of a kind; null if none waits.</summary>
    public JobRecord? Next(JobKind kind) =>
        Read($"SELECT {Columns} FROM job WHERE state = 'queued' AND kind = $kind AND {InLibrary} ORDER BY id LIMIT 1",
            c => c.With("$kind", Name(kind))).SingleOrDefault();

    /// <summary>Marks a waiting job as running; null if it no longer waits.</summary>
    public JobRecord? Take(long id) => Write(
        $"""
        UPDATE job SET state = 'running', stage = 'reading', progress = 0, attempts = attempts + 1, started = $now, ended = NULL, error = NULL
        WHERE id = $id AND state = 'queued' RETURNING {Columns}
        """,
        c => c.With("$id", id).With("$now", SqliteReading.Text(DateTimeOffset.UtcNow)));

    /// <summary>Queues a running job again because the server stops in an orderly way; null if it was not running.</summary>
    public JobRecord? PutBack(long id) => Write($"{Requeue} WHERE id = $id AND state = 'running' RETURNING {Columns}", c => c.With("$id", id));

    /// <summary>At the start of the server: settles the jobs that were running when the process last ended. They are queued again, but a job that ended the
    /// process without warning at the same point three times is given up: it fails, and users can try it again.</summary>
    /// <param name="isSudden">False if the process stopped in an orderly way and only had no room to store that its jobs wait again.</param>
    /// <returns>The jobs as they are now.</returns>
    public IReadOnlyList<JobRecord> SettleInterrupted(bool isSudden = true) => _database.Use<IReadOnlyList<JobRecord>>(connection =>
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        List<JobRecord> running = Query(connection, $"SELECT {Columns} FROM job WHERE state = 'running' ORDER BY id", c => c);
        // A preview runs in ffmpeg's process: with an analysis beside it, it is the analysis that ended this one.
        JobKind suspect = running.Any(job => job.Kind == JobKind.Analysis) ? JobKind.Analysis : JobKind.Preview;
        JobRecord[] settled = [.. running.Select(job => isSudden && job.Kind == suspect ? Settle(connection, job) : Requeued(connection, job))];
        transaction.Commit();
        return settled;
    });

    /// <summary>Shows another stage than the stored one for a job, which is kept in memory: the disk may have no room to store it.</summary>
    /// <param name="id">The job; it has not ended.</param>
    /// <param name="stage">The stage; null for the stored one again.</param>
    /// <returns>The job as it is now; null if there is none.</returns>
    public JobRecord? Hold(long id, string? stage)
    {
        if (stage is null)
        {
            _held.TryRemove(id, out _);
        }
        else
        {
            _held[id] = stage;
        }

        return Find(id);
    }

    /// <summary>Throws if a row is not as Studio writes it.</summary>
    /// <exception cref="StudioDatabaseException">It is not.</exception>
    internal void ThrowIfDamaged() => Read($"SELECT {Columns} FROM job", c => c);

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
    public IReadOnlyList<JobRecord> Newest(int count) => Page(JobFilter.All, ascending: false, after: null, count);

    /// <summary>Some of the jobs of the videos in the library.</summary>
    /// <param name="filter">Which jobs.</param>
    /// <param name="ascending">True for the oldest first, the order in which they run.</param>
    /// <param name="after">The last job of the page before; null for the first page.</param>
    /// <param name="limit">The most jobs.</param>
    public IReadOnlyList<JobRecord> Page(JobFilter filter, bool ascending, long? after, int limit) => Read(
        $"""
        SELECT {Columns} FROM job
        WHERE state IN (SELECT value FROM json_each($states)) AND {InLibrary} AND ($again OR {NotTriedAgain})
            AND ($after IS NULL OR id {(ascending ? '>' : '<')} $after)
        ORDER BY id {(ascending ? "ASC" : "DESC")} LIMIT $limit
        """,
        c => c.With("$states", JsonSerializer.Serialize(filter.States().Select(Name), SqliteReading.Json)).With("$again", filter != JobFilter.Failed)
            .With("$after", after).With("$limit", limit));

    /// <summary>How many jobs of the videos in the library are in each state.</summary>
    public JobCounts Counts() => _database.Use(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT COALESCE(SUM(state = 'queued'), 0), COALESCE(SUM(state = 'running'), 0), COALESCE(SUM(state = 'done'), 0),
                COALESCE(SUM(state = 'failed' AND {NotTriedAgain}), 0), COALESCE(SUM(state = 'cancelled'), 0)
            FROM job WHERE {InLibrary}
            """;
        using SqliteDataReader reader = command.ExecuteReader();
        reader.Read();
        return new JobCounts(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4));
    });

    /// <summary>Cancels every waiting job, and returns them.</summary>
    public IReadOnlyList<JobRecord> CancelAllQueued() => Read(
        $"UPDATE job SET state = 'cancelled', ended = $now WHERE state = 'queued' RETURNING {Columns}",
        c => c.With("$now", SqliteReading.Text(DateTimeOffset.UtcNow)));

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

    private static void ThrowIfFull(SqliteConnection connection, int maxQueued, int wanted = 1)
    {
        using SqliteCommand count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM job WHERE state = 'queued'";
        long waiting = (long)count.ExecuteScalar()!;
        if (waiting + wanted > maxQueued)
        {
            throw new StudioRequestException(StatusCodes.Status429TooManyRequests, waiting >= maxQueued
                ? $"The queue is full: {waiting} jobs are waiting. Try again when some have ended."
                : $"The queue has room for {maxQueued - waiting} more jobs, not for {wanted}. Choose fewer videos, or try again when some jobs have ended.");
        }
    }

    private JobRecord? Write(string sql, Func<SqliteCommand, SqliteCommand> bind) => Read(sql, bind).SingleOrDefault();

    private List<JobRecord> Read(string sql, Func<SqliteCommand, SqliteCommand> bind) => _database.Use(connection => Query(connection, sql, bind));

    private JobRecord Settle(SqliteConnection connection, JobRecord job)
    {
        ImmutableArray<double> endings = SuddenEndings.With(Endings(connection, job.Id), job.Progress);
        Query(connection, $"UPDATE job SET endings = $endings WHERE id = $id RETURNING {Columns}",
            c => c.With("$id", job.Id).With("$endings", JsonSerializer.Serialize(endings, SqliteReading.Json)));
        return SuddenEndings.IsHopeless(endings) ? GivenUp(connection, job) : Requeued(connection, job);
    }

    private JobRecord Requeued(SqliteConnection connection, JobRecord job) =>
        Query(connection, $"{Requeue} WHERE id = $id RETURNING {Columns}", c => c.With("$id", job.Id)).Single();

    private JobRecord GivenUp(SqliteConnection connection, JobRecord job) => Query(
        connection,
        $"UPDATE job SET state = 'failed', ended = $now, error = $error WHERE id = $id RETURNING {Columns}",
        c => c.With("$id", job.Id).With("$now", SqliteReading.Text(DateTimeOffset.UtcNow)).With("$error", string.Create(
            CultureInfo.InvariantCulture,
            $"Given up: Studio ended {SuddenEndings.Most} times in a row at this point of the {Name(job.Kind)} ({job.Stage}, {job.Progress * 100:0} %). "
            + $"The machine may have too little memory for it, or the video may crash a library. Try again when that has changed."))).Single();

    private static ImmutableArray<double> Endings(SqliteConnection connection, long id)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT endings FROM job WHERE id = $id";
        using SqliteDataReader reader = command.With("$id", id).ExecuteReader();
        return reader.Read() && reader.FromJson<ImmutableArray<double>>(0) is { IsDefault: false } endings ? endings : [];
    }

    private List<JobRecord> Query(SqliteConnection connection, string sql, Func<SqliteCommand, SqliteCommand> bind)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constant statements from this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = bind(command).ExecuteReader();
        List<JobRecord> jobs = [];
        while (reader.Read())
        {
            long id = reader.GetInt64(0);
            JobState state = reader.Name<JobState>(4);
            jobs.Add(new JobRecord
            {
                Id = id,
                VideoId = reader.GetString(1),
                Kind = reader.Name<JobKind>(2),
                Model = reader.GetString(3),
                State = state,
                Stage = state is JobState.Queued or JobState.Running && _held.TryGetValue(id, out string? stage) ? stage : reader.GetString(5),
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
