using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>A tag and how many videos of the library have it.</summary>
/// <param name="Name">The tag.</param>
/// <param name="Videos">How many videos.</param>
internal sealed record TagCount(string Name, int Videos);

/// <summary>The tags of the videos.</summary>
internal sealed class TagTable
{
    private readonly StudioDatabase _database;

    /// <summary>Reads and writes in <paramref name="database"/>.</summary>
    public TagTable(StudioDatabase database) => _database = database;

    /// <summary>All tags of the videos in the library, in alphabetical order.</summary>
    public IReadOnlyList<TagCount> All() => _database.Use(connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "SELECT tag.name, COUNT(*) FROM tag JOIN video ON video.id = tag.video WHERE video.removed IS NULL GROUP BY tag.name ORDER BY tag.name";
        using SqliteDataReader reader = command.ExecuteReader();
        List<TagCount> tags = [];
        while (reader.Read())
        {
            tags.Add(new TagCount(reader.GetString(0), reader.GetInt32(1)));
        }

        return tags;
    });

    /// <summary>Gives videos tags and takes others from them, in one transaction. A tag that is in use keeps its upper and lower case.</summary>
    /// <param name="videos">Ids of videos.</param>
    /// <param name="add">Tags that all of them get.</param>
    /// <param name="remove">Tags that all of them lose; null for all that are not among <paramref name="add"/>.</param>
    public void Change(IReadOnlyCollection<string> videos, IReadOnlyCollection<string> add, IReadOnlyCollection<string>? remove) => _database.Use(connection =>
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand lose = connection.CreateCommand();
        lose.CommandText = remove is null ? "DELETE FROM tag WHERE video = $video" : "DELETE FROM tag WHERE video = $video AND name = $name";
        using SqliteCommand gain = connection.CreateCommand();
        gain.CommandText = """
            INSERT INTO tag (video, name) VALUES ($video, COALESCE((SELECT name FROM tag WHERE name = $name LIMIT 1), $name)) ON CONFLICT DO NOTHING
            """;
        foreach (string video in videos)
        {
            foreach (string tag in remove ?? [string.Empty])
            {
                Run(lose, video, tag);
            }

            foreach (string tag in add)
            {
                Run(gain, video, tag);
            }
        }

        transaction.Commit();
    });

    private static void Run(SqliteCommand command, string video, string tag)
    {
        command.Parameters.Clear();
        command.With("$video", video).With("$name", tag).ExecuteNonQuery();
    }
}
