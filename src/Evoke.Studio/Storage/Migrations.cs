namespace Evoke.Studio.Storage;

/// <summary>The migrations of the schema: a database at version N has had the first N applied. Migrations are only added, never changed.</summary>
internal static class Migrations
{
    public static IReadOnlyList<string> All { get; } =
    [
        """
        CREATE TABLE video (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            path TEXT NOT NULL,
            owned INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            added TEXT NOT NULL,
            duration REAL,
            width INTEGER,
            height INTEGER,
            frame_rate REAL,
            has_picture INTEGER NOT NULL DEFAULT 1,
            has_sound INTEGER NOT NULL DEFAULT 1
        ) STRICT;
        CREATE UNIQUE INDEX video_path ON video(path);

        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            video TEXT NOT NULL REFERENCES video(id) ON DELETE CASCADE,
            model TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
            stage TEXT NOT NULL DEFAULT 'waiting',
            progress REAL NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0,
            created TEXT NOT NULL,
            started TEXT,
            ended TEXT,
            error TEXT
        ) STRICT;
        -- The same work is never queued twice.
        CREATE UNIQUE INDEX job_open ON job(video, model) WHERE state IN ('queued', 'running');
        CREATE INDEX job_state ON job(state, id);

        CREATE TABLE result (
            video TEXT NOT NULL REFERENCES video(id) ON DELETE CASCADE,
            model TEXT NOT NULL,
            created TEXT NOT NULL,
            duration REAL NOT NULL,
            scheme TEXT NOT NULL,
            rate REAL NOT NULL,
            rows INTEGER NOT NULL,
            curves BLOB NOT NULL,
            spread BLOB,
            means TEXT NOT NULL,
            peaks TEXT NOT NULL,
            sparkline TEXT NOT NULL,
            details TEXT NOT NULL,
            PRIMARY KEY (video, model)
        ) STRICT;
        """,
        """
        -- Previews: made by jobs of their own kind, for files that browsers cannot play.
        ALTER TABLE job ADD COLUMN kind TEXT NOT NULL DEFAULT 'analysis' CHECK (kind IN ('analysis', 'preview'));
        ALTER TABLE video ADD COLUMN playable INTEGER;
        ALTER TABLE video ADD COLUMN preview_bytes INTEGER;
        DROP INDEX job_open;
        CREATE UNIQUE INDEX job_open ON job(video, kind, model) WHERE state IN ('queued', 'running');
        DROP INDEX job_state;
        CREATE INDEX job_state ON job(state, kind, id);
        CREATE INDEX job_video ON job(video, kind, id);
        """,
        """
        -- Where the process ended without warning while the job ran: a JSON list of its progress at each time, oldest first.
        ALTER TABLE job ADD COLUMN endings TEXT NOT NULL DEFAULT '[]';
        """,
        """
        -- The curves in a table of their own: SQLite reads a row's columns in order, so a list of the library read a megabyte of curves for each video.
        CREATE TABLE result_curves (
            video TEXT NOT NULL,
            model TEXT NOT NULL,
            curves BLOB NOT NULL,
            spread BLOB,
            PRIMARY KEY (video, model),
            FOREIGN KEY (video, model) REFERENCES result(video, model) ON DELETE CASCADE
        ) STRICT;
        INSERT INTO result_curves SELECT video, model, curves, spread FROM result;
        ALTER TABLE result DROP COLUMN curves;
        ALTER TABLE result DROP COLUMN spread;
        """,
        """
        -- Videos that were removed a short while ago can be put back: 'removed' says since when, 'file_goes' what then becomes of an uploaded file.
        ALTER TABLE video ADD COLUMN removed TEXT;
        ALTER TABLE video ADD COLUMN file_goes INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX video_removed ON video(removed) WHERE removed IS NOT NULL;
        -- The name of the file when it was added, once the video has been given another: its ending says what kind of file it is.
        ALTER TABLE video ADD COLUMN file_name TEXT;
        -- Users sort their videos by tags. Upper and lower case make no difference.
        CREATE TABLE tag (
            video TEXT NOT NULL REFERENCES video(id) ON DELETE CASCADE,
            name TEXT NOT NULL COLLATE NOCASE,
            PRIMARY KEY (video, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tag_name ON tag(name);
        """,
        """
        -- The summaries of results, computed from curves and features when they are first asked for. 'created' is that of the result, 'evoke' the version.
        CREATE TABLE result_measures (
            video TEXT NOT NULL,
            model TEXT NOT NULL,
            created TEXT NOT NULL,
            evoke TEXT NOT NULL,
            measures TEXT NOT NULL,
            PRIMARY KEY (video, model),
            FOREIGN KEY (video, model) REFERENCES result(video, model) ON DELETE CASCADE
        ) STRICT;
        """,
        """
        -- What viewers said of a video: files in the folder 'ratings' of the data folder, and how they are read. Their bytes count towards the quota.
        CREATE TABLE rating (
            video TEXT PRIMARY KEY REFERENCES video(id) ON DELETE CASCADE,
            folder TEXT NOT NULL,
            name TEXT NOT NULL,
            files INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            rated_as TEXT NOT NULL,
            lag REAL NOT NULL,
            given TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE video ADD COLUMN rating_bytes INTEGER;
        """,
    ];
}
