using Evoke.Curves;
using Evoke.Curves.Moments;
using Evoke.Heads.Models;
using Evoke.Studio.Storage;
using Evoke.Testing;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Tests;

/// <summary>A damaged disk can leave a database that SQLite finds in order, with values that no Studio writes.</summary>
public sealed class DamagedRowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("UPDATE result SET rate = -1")]
    [InlineData("UPDATE result SET rate = 9e999")]
    [InlineData("UPDATE result SET created = 'yesterday'")]
    [InlineData("UPDATE video SET name = NULL")]
    public void AValueThatNoStudioWritesIsDamage(string damage)
    {
        string path = _folder.File("studio.db");
        StudioDatabase database = new(path);
        Fill(database);
        Run(path, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'name TEXT NOT NULL', 'name TEXT') WHERE name = 'video'");
        Run(path, damage);

        StudioDatabaseException error = Should.Throw<StudioDatabaseException>(() =>
        {
            _ = new VideoTable(database).All();
            _ = new ResultTable(database).Find("a", model: null);
        });
        error.Message.ShouldContain($"The database {path} is damaged");
    }

    private static void Fill(StudioDatabase database)
    {
        new VideoTable(database).Add(new VideoRecord { Id = "a", Name = "a.mp4", Path = "/a.mp4", Owned = false, Bytes = 1, Added = DateTimeOffset.UnixEpoch });
        EmotionCurves curves = new(new EmotionScheme(["joy"]), new TimeGrid(new Rate(2), 2), [0, 1]);
        new ResultTable(database).Save(new ResultRecord
        {
            VideoId = "a",
            Model = "affect",
            Created = DateTimeOffset.UnixEpoch,
            DurationSeconds = 1,
            Scheme = curves.Scheme.Names,
            Rate = curves.Grid.Rate,
            Curves = [.. curves.Values],
            Details = new ResultDetails { Model = ModelCard.Affect, FeatureKey = "k", Moments = [], Summary = [.. EmotionSummary.Of(curves)], Warnings = [] },
        });
    }

    private static void Run(string path, string sql)
    {
        SqliteConnection.ClearAllPools();
        using SqliteConnection connection = new($"Data Source={path}");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
