using Evoke.Files;
using Microsoft.Data.Sqlite;

namespace Evoke.Studio.Storage;

/// <summary>Studio's database could not be opened, read or written; the message names the file and what to do.</summary>
public sealed class StudioDatabaseException : EvokeException
{
    // https://sqlite.org/rescode.html
    private const int Permission = 3, Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    private StudioDatabaseException(string path, string message, Exception cause, bool full = false)
        : base(message, cause) => (Path, IsDiskFull) = (path, full);

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>True if the disk that holds it is full.</summary>
    public bool IsDiskFull { get; }

    /// <summary>The error of SQLite in our terms.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="error">SQLite's error.</param>
    internal static StudioDatabaseException Of(string path, SqliteException error) => error.SqliteErrorCode switch
    {
        Corrupt or NotADatabase => Damaged(path, error),
        Full => NoRoom(path, error),
        InputOutput or CannotOpen when IsFull(path) => NoRoom(path, error),
        ReadOnly or Permission or CannotOpen => new(
            path, $"Cannot write {path}: the file or its folder is read-only or belongs to another user. Change that, or give another --data folder.", error),
        Busy or Locked => new(path, $"Cannot write {path}: another program has locked it. Close that program.", error),
        _ => new(path, $"Cannot read or write {path}: {error.Message}", error),
    };

    /// <summary>A row holds what Studio never writes, or SQLite finds the file damaged.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="error">What was found.</param>
    internal static StudioDatabaseException Damaged(string path, Exception error) => new(
        path,
        $"The database {path} is damaged ({PlainMessage.Of(error).TrimEnd('.')}). Restore it from a backup, or rename it: Studio then starts with an empty "
        + "library, and the uploaded videos stay in the folder 'uploads' beside it.",
        error);

    private static StudioDatabaseException NoRoom(string path, Exception error) => new(path, $"Cannot write {path}: the disk is full.", error, full: true);

    // SQLite reports a full disk as an error of input or output, too, when it cannot extend the index of its write-ahead log.
    private static bool IsFull(string path)
    {
        const int IndexOfTheLog = 1 << 15;
        string folder = System.IO.Path.GetDirectoryName(path)!;
        return Directory.Exists(folder) && !DiskRoom.Has(folder, IndexOfTheLog);
    }
}
