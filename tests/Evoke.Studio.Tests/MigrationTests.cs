using System.Text.Json;
using Evoke.Heads.Models;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Tests;

/// <summary>Libraries of earlier versions are migrated without loss.</summary>
public sealed class MigrationTests
{
    [Fact]
    public void ALibraryFromBeforePreviewsKeepsItsVideosAndJobs()
    {
        string folder = Directory.CreateTempSubdirectory("evoke-studio-").FullName;
        string path = Path.Combine(folder, "studio.db");
        using (SqliteConnection old = new($"Data Source={path}"))
        {
            old.Open();
            Execute(old, Migrations.All[0]);
            Execute(old, "PRAGMA user_version = 1");
            Execute(old, "INSERT INTO video (id, name, path, owned, bytes, added) VALUES ('a', 'a.mp4', '/a.mp4', 1, 100, '2026-01-01T00:00:00Z')");
            Execute(old, "INSERT INTO job (video, model, state, created) VALUES ('a', 'affect', 'running', '2026-01-01T00:00:00Z')");
        }

        StudioDatabase database = new(path);
        VideoRecord video = new VideoTable(database).All().ShouldHaveSingleItem();
        (video.Playable, video.PreviewBytes).ShouldBe((null, null));
        new VideoTable(database).StoredBytes().ShouldBe(100);
        JobTable jobs = new(database);
        jobs.SettleInterrupted().ShouldHaveSingleItem().State.ShouldBe(JobState.Queued);
        jobs.Next(JobKind.Preview).ShouldBeNull();
        jobs.Take(jobs.Next(JobKind.Analysis)!.Id)!.Kind.ShouldBe(JobKind.Analysis);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void ALibraryFromBeforeTheTableOfCurvesKeepsItsResults()
    {
        string folder = Directory.CreateTempSubdirectory("evoke-studio-").FullName;
        string path = Path.Combine(folder, "studio.db");
        using (SqliteConnection old = new($"Data Source={path}"))
        {
            old.Open();
            foreach (string migration in Migrations.All.Take(3))
            {
                Execute(old, migration);
            }

            Execute(old, "PRAGMA user_version = 3");
            Execute(old, "INSERT INTO video (id, name, path, owned, bytes, added) VALUES ('a', 'a.mp4', '/a.mp4', 1, 100, '2026-01-01T00:00:00Z')");
            ResultDetails details = new() { Model = ModelCard.Affect, FeatureKey = "k", Moments = [], Summary = [], Warnings = [] };
            using SqliteCommand insert = old.CreateCommand();
            insert.CommandText = """
                INSERT INTO result VALUES ('a', 'm', '2026-01-01T00:00:00Z', 1, '["joy"]', 2, 2, X'0000803F00000000', NULL, '[0.5]', '[1]', '[1,0]', $details)
                """;
            insert.With("$details", JsonSerializer.Serialize(details, SqliteReading.Json)).ExecuteNonQuery();
        }

        StudioDatabase database = new(path);
        ResultTable results = new(database);
        results.Newest(model: null)["a"].Peaks.ShouldBe([1]);
        results.Newest(model: null)["a"].Sparkline.ShouldBeEmpty();
        results.RenewSparklines();
        results.Newest(model: null)["a"].Sparkline.ShouldBe([1, 0]);
        ResultRecord result = results.Find("a", "m").ShouldNotBeNull();
        result.Curves.ShouldBe([1, 0]);
        result.Spread.ShouldBeNull();
        result.Rate.Hertz.ShouldBe(2);

        new VideoTable(database).Delete("a");
        database.Use(connection =>
        {
            using SqliteCommand count = connection.CreateCommand();
            count.CommandText = "SELECT COUNT(*) FROM result_curves";
            return (long)count.ExecuteScalar()!;
        }).ShouldBe(0);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void ALibraryFromBeforeTagsHasNoneAndRemovesNothing()
    {
        string folder = Directory.CreateTempSubdirectory("evoke-studio-").FullName;
        string path = Path.Combine(folder, "studio.db");
        using (SqliteConnection old = new($"Data Source={path}"))
        {
            old.Open();
            foreach (string migration in Migrations.All.Take(4))
            {
                Execute(old, migration);
            }

            Execute(old, "PRAGMA user_version = 4");
            Execute(old, "INSERT INTO video (id, name, path, owned, bytes, added) VALUES ('a', 'a.mp4', '/a.mp4', 1, 100, '2026-01-01T00:00:00Z')");
        }

        StudioDatabase database = new(path);
        VideoTable videos = new(database);
        VideoRecord video = videos.All().ShouldHaveSingleItem();
        (video.FileName, video.Stem, video.Tags.Length).ShouldBe(("a.mp4", "a", 0));
        videos.Removed().ShouldBeEmpty();
        new TagTable(database).Change(["a"], ["x"], []);
        videos.Delete("a");
        new TagTable(database).All().ShouldBeEmpty();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void ALibraryOfANewerVersionIsRefusedByName()
    {
        string folder = Directory.CreateTempSubdirectory("evoke-studio-").FullName;
        string path = Path.Combine(folder, "studio.db");
        using (SqliteConnection newer = new($"Data Source={path}"))
        {
            newer.Open();
            Execute(newer, "PRAGMA user_version = 1000");
        }

        Should.Throw<StudioOptionsException>(() => new StudioDatabase(path)).Message.ShouldContain("schema 1000");
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only the constant statements above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
