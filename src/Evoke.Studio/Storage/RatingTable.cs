using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>The ratings of the videos, also of those that were removed so that they can be put back.</summary>
internal sealed class RatingTable
{
    private const string Columns = "video, folder, name, files, bytes, rated_as, lag, given";
    private readonly StudioDatabase _database;

    /// <summary>Reads and writes in <paramref name="database"/>.</summary>
    public RatingTable(StudioDatabase database) => _database = database;

    /// <summary>The ratings of a video; null if it has none.</summary>
    public RatingRecord? Find(string videoId) => _database.Use(connection => Find(connection, videoId));

    /// <summary>All ratings.</summary>
    public IReadOnlyList<RatingRecord> All() => _database.Use(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM rating";
        return Read(command);
    });

    /// <summary>Gives a video these ratings in place of others, in one transaction.</summary>
    /// <returns>Whether the video is in the library, and the ratings that it had; null for none.</returns>
    public (bool IsStored, RatingRecord? Before) Set(RatingRecord ratings) => _database.Use(connection =>
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        RatingRecord? before = Find(connection, ratings.VideoId);
        using SqliteCommand size = connection.CreateCommand();
        size.CommandText = "UPDATE video SET rating_bytes = $bytes WHERE id = $video AND removed IS NULL";
        if (size.With("$video", ratings.VideoId).With("$bytes", ratings.Bytes).ExecuteNonQuery() == 0)
        {
            return (false, before);
        }

        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = $"INSERT OR REPLACE INTO rating ({Columns}) VALUES ($video, $folder, $name, $files, $bytes, $ratedAs, $lag, $given)";
        insert.With("$video", ratings.VideoId).With("$folder", ratings.Folder).With("$name", ratings.Name).With("$files", ratings.Files)
            .With("$bytes", ratings.Bytes).With("$ratedAs", ratings.RatedAs).With("$lag", ratings.LagSeconds)
            .With("$given", SqliteReading.Text(ratings.Given)).ExecuteNonQuery();
        transaction.Commit();
        return (true, before);
    });

    /// <summary>Takes its ratings from a video.</summary>
    public void Delete(string videoId) => _database.Use(connection =>
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand size = connection.CreateCommand();
        size.CommandText = "UPDATE video SET rating_bytes = NULL WHERE id = $video";
        size.With("$video", videoId).ExecuteNonQuery();
        using SqliteCommand delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM rating WHERE video = $video";
        delete.With("$video", videoId).ExecuteNonQuery();
        transaction.Commit();
    });

    private static RatingRecord? Find(SqliteConnection connection, string videoId)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM rating WHERE video = $video";
        return Read(command.With("$video", videoId)).SingleOrDefault();
    }

    private static List<RatingRecord> Read(SqliteCommand command)
    {
        using SqliteDataReader reader = command.ExecuteReader();
        List<RatingRecord> ratings = [];
        while (reader.Read())
        {
            ratings.Add(new RatingRecord
            {
                VideoId = reader.GetString(0),
                Folder = reader.GetString(1),
                Name = reader.GetString(2),
                Files = reader.GetInt32(3),
                Bytes = reader.GetInt64(4),
                RatedAs = reader.GetString(5),
                LagSeconds = reader.GetDouble(6),
                Given = reader.Time(7),
            });
        }

        return ratings;
    }
}
