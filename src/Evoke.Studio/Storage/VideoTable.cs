using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>The videos of the library.</summary>
internal sealed class VideoTable
{
    private const string Columns = "id, name, path, owned, bytes, added, duration, width, height, frame_rate, has_picture, has_sound, playable, preview_bytes";
    private const string Stored = "owned * bytes + COALESCE(preview_bytes, 0)";
    private readonly StudioDatabase _database;
    private readonly ConcurrentDictionary<string, bool> _deleted = new(StringComparer.Ordinal);

    /// <summary>Reads and writes in <paramref name="database"/>.</summary>
    public VideoTable(StudioDatabase database) => _database = database;

    /// <summary>Adds a video.</summary>
    public void Add(VideoRecord video) => Change(
        $"INSERT INTO video ({Columns}) VALUES "
        + "($id, $name, $path, $owned, $bytes, $added, $duration, $width, $height, $frameRate, $hasPicture, $hasSound, $playable, NULL)",
        command => Bind(command, video));

    /// <summary>Updates the properties of a video, except its preview; see <see cref="SetPreview"/>.</summary>
    public void Update(VideoRecord video) => Change(
        """
        UPDATE video SET name = $name, path = $path, owned = $owned, bytes = $bytes, added = $added, duration = $duration, width = $width,
            height = $height, frame_rate = $frameRate, has_picture = $hasPicture, has_sound = $hasSound, playable = $playable
        WHERE id = $id
        """,
        command => Bind(command, video));

    /// <summary>The video with this id; null if there is none.</summary>
    public VideoRecord? Find(string id) => Query($"SELECT {Columns} FROM video WHERE id = $key", id).SingleOrDefault();

    /// <summary>The video whose file is at <paramref name="path"/>; null if there is none.</summary>
    public VideoRecord? FindByPath(string path) => Query($"SELECT {Columns} FROM video WHERE path = $key", path).SingleOrDefault();

    /// <summary>All videos, newest first.</summary>
    public IReadOnlyList<VideoRecord> All() => Query($"SELECT {Columns} FROM video WHERE $key = '' ORDER BY added DESC, id", string.Empty);

    /// <summary>Total bytes of all uploaded files and previews.</summary>
    public long StoredBytes() => Number($"SELECT COALESCE(SUM({Stored}), 0) FROM video", id: null);

    /// <summary>Records that a video has a preview; false if the video is no longer in the library.</summary>
    public bool SetPreview(string id, long bytes) =>
        Change("UPDATE video SET preview_bytes = $bytes WHERE id = $id", command => command.With("$id", id).With("$bytes", bytes)) > 0;

    /// <summary>Removes a video with its jobs and results; returns the bytes that its upload and its preview used.</summary>
    public long Delete(string id)
    {
        long bytes = Number($"DELETE FROM video WHERE id = $id RETURNING {Stored}", id);
        _deleted[id] = true;
        return bytes;
    }

    /// <summary>True if a video with this id has been deleted since Studio started, without looking into the database: ids are random and never given
    /// twice.</summary>
    internal bool WasDeleted(string id) => _deleted.ContainsKey(id);

    private static SqliteCommand Bind(SqliteCommand command, VideoRecord video) => command
        .With("$id", video.Id)
        .With("$name", video.Name)
        .With("$path", video.Path)
        .With("$owned", video.Owned ? 1 : 0)
        .With("$bytes", video.Bytes)
        .With("$added", SqliteReading.Text(video.Added))
        .With("$duration", video.DurationSeconds)
        .With("$width", video.Width)
        .With("$height", video.Height)
        .With("$frameRate", video.FrameRate)
        .With("$hasPicture", video.HasPicture ? 1 : 0)
        .With("$hasSound", video.HasSound ? 1 : 0)
        .With("$playable", video.Playable is bool playable ? playable ? 1 : 0 : null);

    private int Change(string sql, Func<SqliteCommand, SqliteCommand> bind) => _database.Use(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only the constant statements above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return bind(command).ExecuteNonQuery();
    });

    private long Number(string sql, string? id) => _database.Use(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only the constant statements above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.With("$id", id).ExecuteScalar() as long? ?? 0;
    });

    private List<VideoRecord> Query(string sql, string key) => _database.Use(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only the constant statements above.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = command.With("$key", key).ExecuteReader();
        List<VideoRecord> videos = [];
        while (reader.Read())
        {
            videos.Add(new VideoRecord
            {
                Id = reader.GetString(0),
                Name = reader.GetString(1),
                Path = reader.GetString(2),
                Owned = reader.GetInt32(3) != 0,
                Bytes = reader.GetInt64(4),
                Added = reader.Time(5),
                DurationSeconds = reader.DoubleOrNull(6),
                Width = reader.IntOrNull(7),
                Height = reader.IntOrNull(8),
                FrameRate = reader.DoubleOrNull(9),
                HasPicture = reader.GetInt32(10) != 0,
                HasSound = reader.GetInt32(11) != 0,
                Playable = reader.IntOrNull(12) is int playable ? playable != 0 : null,
                PreviewBytes = reader.LongOrNull(13),
            });
        }

        return videos;
    });
}
