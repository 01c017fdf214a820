using Evoke.Studio.Options;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>The SQLite file behind a Studio: opened in WAL mode, brought to the newest schema when Studio starts.</summary>
/// <remarks>Thread-safe: each use opens a pooled connection of its own; SQLite serialises the writers.</remarks>
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
        // NORMAL loses nothing when the process dies, only (at most) the last transactions when the machine does.
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
                $"The database {path} has schema {version}; this Evoke knows up to {Migrations.All.Count}. "
                + "Use the newer Evoke that wrote it, or another --data folder.");
        }

        for (; version < Migrations.All.Count; version++)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            Execute(connection, Migrations.All[version], transaction);
            Execute(connection, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"), transaction);
            transaction.Commit();
        }
    }

    // Only ever called with the constant statements of this file and of Migrations.
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
