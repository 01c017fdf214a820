using System.Globalization;
using System.Text.Json;
using Evoke.Studio.Options;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>Studio's SQLite file: opened in WAL mode and migrated to the newest schema at the start.</summary>
/// <remarks>Thread-safe: each use opens its own pooled connection; SQLite serialises writes.</remarks>
internal sealed class StudioDatabase
{
    private readonly string _connectionString;

    /// <summary>Opens or creates the database and migrates it.</summary>
    /// <param name="path">The database file; its folder exists.</param>
    /// <exception cref="StudioOptionsException">The file was written by a newer Evoke.</exception>
    /// <exception cref="StudioDatabaseException">The file is damaged, or it cannot be read or written.</exception>
    public StudioDatabase(string path)
    {
        Path = path;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();
        Use(connection =>
        {
            ThrowIfDamaged(connection);
            Execute(connection, "PRAGMA journal_mode = WAL");
            Migrate(connection, path);
        });
    }

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Runs statements on a connection of their own.</summary>
    /// <param name="work">The statements; what it returns is complete, not a reader.</param>
    /// <exception cref="StudioDatabaseException">The database cannot be read or written, or a row is damaged.</exception>
    internal T Use<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            using SqliteConnection connection = new(_connectionString);
            connection.Open();
            // With NORMAL, a crash of the process loses nothing; a crash of the machine loses at most the last transactions.
            Execute(connection, "PRAGMA synchronous = NORMAL");
            return work(connection);
        }
        catch (SqliteException error)
        {
            throw StudioDatabaseException.Of(Path, error);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidCastException or InvalidOperationException or OverflowException)
        {
            throw StudioDatabaseException.Damaged(Path, error); // a value that no Studio writes; the library's InvalidOperationException: it is NULL
        }
    }

    /// <summary>Runs statements on a connection of their own.</summary>
    /// <param name="work">The statements.</param>
    /// <exception cref="StudioDatabaseException">The database cannot be read or written, or a row is damaged.</exception>
    internal void Use(Action<SqliteConnection> work) => Use(connection =>
    {
        work(connection);
        return true;
    });

    private static void ThrowIfDamaged(SqliteConnection connection)
    {
        using SqliteCommand check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        string? found = check.ExecuteScalar() as string;
        if (found != "ok")
        {
            throw new FormatException(found);
        }
    }

    private static void Migrate(SqliteConnection connection, string path)
    {
        using SqliteCommand read = connection.CreateCommand();
        read.CommandText = "PRAGMA user_version";
        int version = Convert.ToInt32(read.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version > Migrations.All.Count)
        {
            throw new StudioOptionsException(
                $"The database {path} has schema {version}; this version of Evoke supports up to {Migrations.All.Count}. "
                + "Use the newer version of Evoke that wrote it, or another --data folder.");
        }

        for (; version < Migrations.All.Count; version++)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            Execute(connection, Migrations.All[version], transaction);
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"), transaction);
            transaction.Commit();
        }
    }

    // Only called with constant statements from this file and Migrations.
#pragma warning disable CA2100
    private static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
