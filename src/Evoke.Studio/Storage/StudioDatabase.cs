using Evoke.Studio.Options;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>Studio's SQLite file: opened in WAL mode and migrated to the newest schema at the start.</summary>
/// <remarks>Thread-safe: each use opens its own pooled connection; SQLite serialises writes.</remarks>
public sealed class StudioDatabase
{
    private readonly string _connectionString;

    /// <summary>Opens or creates the database and migrates it.</summary>
    /// <param name="path">The database file; its folder exists.</param>
    /// <exception cref="StudioOptionsException">The file was written by a newer Evoke.</exception>
    public StudioDatabase(string path)
    {
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();
        using SqliteConnection connection = Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Migrate(connection, path);
    }

    /// <summary>Opens a connection; the caller disposes of it.</summary>
    public SqliteConnection Open()
    {
        SqliteConnection connection = new(_connectionString);
        connection.Open();
        // With NORMAL, a crash of the process loses nothing; a crash of the machine loses at most the last transactions.
        Execute(connection, "PRAGMA synchronous = NORMAL");
        return connection;
    }

    private static void Migrate(SqliteConnection connection, string path)
    {
        using SqliteCommand read = connection.CreateCommand();
        read.CommandText = "PRAGMA user_version";
        int version = Convert.ToInt32(read.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
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
            Execute(connection, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"), transaction);
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
