using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>The videos of the library.</summary>
public sealed class VideoTable
{
    private const string Columns = "id, name, path, owned, bytes, added, duration, width, height, frame_rate, has_picture, has_sound";
    private readonly StudioDatabase _database;

    /// <summary>Reads and writes in <paramref name="database"/>.</summary>
    public VideoTable(StudioDatabase database) => _database = database;

    /// <summary>Adds a video.</summary>
    public void Add(VideoRecord video)
    {
        using SqliteConnection connection = _database.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"INSERT INTO video ({Columns}) VALUES ($id, $name, $path, $owned, $bytes, $added, $duration, $width, $height, $frameRate, $hasPicture, $hasSound)";
        Bind(command, video).ExecuteNonQuery();
    }

    /// <summary>Writes what has become known of a video.</summary>
    public void Update(VideoRecord video)
    {
        using SqliteConnection connection = _database.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            UPDATE video SET name = $name, path = $path, owned = $owned, bytes = $bytes, added = $added, duration = $duration, width = $width,
                height = $height, frame_rate = $frameRate, has_picture = $hasPicture, has_sound = $hasSound
            WHERE id = $id
            """;
        Bind(command, video).ExecuteNonQuery();
    }

    /// <summary>The video with this id; null if there is none.</summary>
    public VideoRecord? Find(string id) => Query($"SELECT {Columns} FROM video WHERE id = $key", id).SingleOrDefault();

    /// <summary>The video whose file is at <paramref name="path"/>; null if there is none.</summary>
    public VideoRecord? FindByPath(string path) => Query($"SELECT {Columns} FROM video WHERE path = $key", path).SingleOrDefault();

    /// <summary>All videos, the newest first.</summary>
    public IReadOnlyList<VideoRecord> All() => Query($"SELECT {Columns} FROM video WHERE $key = '' ORDER BY added DESC, id", string.Empty);

    /// <summary>Bytes of all uploaded files together.</summary>
    public long OwnedBytes()
    {
        using SqliteConnection connection = _database.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(SUM(bytes), 0) FROM video WHERE owned = 1";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Removes a video with its jobs and results.</summary>
    public void Delete(string id)
    {
        using SqliteConnection connection = _database.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "DELETE FROM video WHERE id = $id";
        command.With("$id", id).ExecuteNonQuery();
    }

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
        .With("$hasSound", video.HasSound ? 1 : 0);

    private List<VideoRecord> Query(string sql, string key)
    {
        using SqliteConnection connection = _database.Open();
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
            });
        }

        return videos;
    }
}
