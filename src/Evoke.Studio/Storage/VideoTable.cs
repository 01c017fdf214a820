using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>The videos of the library.</summary>
internal sealed class VideoTable
{
    private const string Written = "id, name, path, owned, bytes, added, duration, width, height, frame_rate, has_picture, has_sound, playable, preview_bytes";
    private const string Columns =
        Written + ", file_name, (SELECT json_group_array(name) FROM (SELECT name FROM tag WHERE tag.video = video.id ORDER BY name)), removed, file_goes, "
        + "rating_bytes";

    private const string Stored = "owned * bytes + COALESCE(preview_bytes, 0) + COALESCE(rating_bytes, 0)";
    private readonly StudioDatabase _database;
    private readonly ConcurrentDictionary<string, bool> _deleted = new(StringComparer.Ordinal);

    /// <summary>Reads and writes in <paramref name="database"/>.</summary>
    public VideoTable(StudioDatabase database) => _database = database;

    /// <summary>Adds a video.</summary>
    public void Add(VideoRecord video) => Change(
        $"INSERT INTO video ({Written}) VALUES "
        + "($id, $name, $path, $owned, $bytes, $added, $duration, $width, $height, $frameRate, $hasPicture, $hasSound, $playable, NULL)",
        command => Bind(command, video));

    /// <summary>Updates what is known of a video's file. Its name, tags and preview stay: users and another job may change them meanwhile.</summary>
    public void Update(VideoRecord video) => Change(
        """
        UPDATE video SET duration = $duration, width = $width, height = $height, frame_rate = $frameRate, has_picture = $hasPicture,
            has_sound = $hasSound, playable = $playable
        WHERE id = $id
        """,
        command => Bind(command, video));

    /// <summary>The video with this id; null if there is none.</summary>
    public VideoRecord? Find(string id) => Query($"SELECT {Columns} FROM video WHERE id = $key AND removed IS NULL", id).SingleOrDefault();

    /// <summary>The video whose file is at <paramref name="path"/>; null if there is none.</summary>
    public VideoRecord? FindByPath(string path) => Query($"SELECT {Columns} FROM video WHERE path = $key AND removed IS NULL", path).SingleOrDefault();

    /// <summary>The videos whose file has this size in bytes, newest first.</summary>
    public IReadOnlyList<VideoRecord> OfSize(long bytes) => Query(
        $"SELECT {Columns} FROM video WHERE bytes = $key AND removed IS NULL ORDER BY added DESC, id", bytes.ToString(CultureInfo.InvariantCulture));

    /// <summary>All videos, newest first.</summary>
    public IReadOnlyList<VideoRecord> All() => Query($"SELECT {Columns} FROM video WHERE removed IS NULL ORDER BY added DESC, id", null);

    /// <summary>True if a video with this id is in the library, or was removed from it so that it can be put back.</summary>
    public bool Exists(string id) => Number("SELECT COUNT(*) FROM video WHERE id = $id", id) > 0;

    /// <summary>The videos that can be put back, the first removed first.</summary>
    public IReadOnlyList<RemovedRecord> Removed() => Query(
        $"SELECT {Columns} FROM video WHERE removed IS NOT NULL ORDER BY removed, id", null,
        reader => new RemovedRecord(Read(reader), reader.Time(16), reader.GetInt32(17) != 0));

    /// <summary>Removes a video in such a way that it can be put back; false if it is not in the library.</summary>
    /// <param name="id">The video.</param>
    /// <param name="at">Since when it is removed.</param>
    /// <param name="fileGoes">Whether an uploaded file is deleted in the end.</param>
    public bool Remove(string id, DateTimeOffset at, bool fileGoes) => Change(
        "UPDATE video SET removed = $at, file_goes = $goes WHERE id = $id AND removed IS NULL",
        command => command.With("$id", id).With("$at", SqliteReading.Text(at)).With("$goes", fileGoes ? 1 : 0)) > 0;

    /// <summary>Puts a removed video back; false if it has gone for good.</summary>
    public bool PutBack(string id) =>
        Change("UPDATE video SET removed = NULL WHERE id = $id AND removed IS NOT NULL", command => command.With("$id", id)) > 0;

    /// <summary>Gives a video another name.</summary>
    public void Rename(string id, string name) => Change(
        "UPDATE video SET file_name = COALESCE(file_name, name), name = $name WHERE id = $id", command => command.With("$id", id).With("$name", name));

    /// <summary>Total bytes of all uploaded files, previews and ratings.</summary>
    public long StoredBytes() => Number($"SELECT COALESCE(SUM({Stored}), 0) FROM video", id: null);

    /// <summary>Records that a video has a preview; false if the video is no longer in the library.</summary>
    public bool SetPreview(string id, long bytes) =>
        Change("UPDATE video SET preview_bytes = $bytes WHERE id = $id", command => command.With("$id", id).With("$bytes", bytes)) > 0;

    /// <summary>Removes a video with its jobs and results; returns the bytes that its upload, its preview and its ratings used.</summary>
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

    private List<VideoRecord> Query(string sql, string? key) => Query(sql, key, Read);

    private List<T> Query<T>(string sql, string? key, Func<SqliteDataReader, T> row) => _database.Use(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only the constant statements above.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = (key is null ? command : command.With("$key", key)).ExecuteReader();
        List<T> videos = [];
        while (reader.Read())
        {
            videos.Add(row(reader));
        }

        return videos;
    });

    private static VideoRecord Read(SqliteDataReader reader) => new()
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
        FileName = reader.TextOrNull(14) ?? string.Empty,
        Tags = reader.FromJson<ImmutableArray<string>>(15),
        HasRatings = reader.LongOrNull(18) is not null,
    };
}
