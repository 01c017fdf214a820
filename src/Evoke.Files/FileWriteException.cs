using System.ComponentModel;
using System.Globalization;

namespace Evoke.Files;

/// <summary>A file could not be written: no such folder, no permission, no space.</summary>
public sealed class FileWriteException : EvokeException
{
    // Numbers of Linux and macOS; the last two are Windows' HResults.
    private const int NoSpace = 28, FileTooLarge = 27, ReadOnlyFileSystem = 30, NameTooLongOnLinux = 36, NameTooLongOnMac = 63, QuotaOnLinux = 122,
        QuotaOnMac = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Creates the error.</summary>
    /// <param name="path">The file that could not be written.</param>
    /// <param name="innerException">The operating system's error.</param>
    /// <param name="advice">A sentence of advice; null for none.</param>
    public FileWriteException(string path, Exception innerException, string? advice = null)
        : base($"Cannot write {path}: {Reason(path, innerException)}{(advice is null ? "" : $" {advice}")}", innerException) => Path = path;

    private FileWriteException(string path, string reason)
        : base($"Cannot write {path}: {reason}") => (Path, IsDiskFull) = (path, true);

    /// <summary>The file that could not be written.</summary>
    public string Path { get; }

    /// <summary>True if the disk, or the user's share of it, is full.</summary>
    public bool IsDiskFull { get => field || IsFull(InnerException); }

    /// <summary>True unless the file's own name is the reason: a full or read-only disk or a folder without permission affects every other file of the run
    /// too.</summary>
    public override bool EndsRun => !IsOfTheNameAlone(Path, InnerException);

    /// <summary>The disk has too little room for a file of known size; nothing was written.</summary>
    /// <param name="path">The file that could not be written.</param>
    /// <param name="needed">Bytes that are needed.</param>
    /// <param name="available">Bytes that are free.</param>
    /// <param name="advice">A sentence of advice; null for none.</param>
    public static FileWriteException NoRoom(string path, long needed, long available, string? advice = null) => new(path, string.Create(
        CultureInfo.InvariantCulture,
        $"the disk is full: {needed / 1e6:0.#} MB are needed, {available / 1e6:0.#} MB are free.{(advice is null ? "" : $" {advice}")}"));

    private static bool IsFull(Exception? error) =>
        error is IOException { HResult: NoSpace or QuotaOnLinux or WindowsDiskFull or WindowsHandleDiskFull }
            || (OperatingSystem.IsMacOS() && error is IOException { HResult: QuotaOnMac });

    private static bool IsOfTheNameAlone(string path, Exception? error) =>
        Directory.Exists(path) || error is PathTooLongException or IOException { HResult: NameTooLongOnLinux or FileTooLarge }
        || (OperatingSystem.IsMacOS() && error is IOException { HResult: NameTooLongOnMac });

    // The system's own message would name the temporary file.
    private static string Reason(string path, Exception? error) => error switch
    {
        null => "unknown error.",
        IOException { HResult: ReadOnlyFileSystem } => "the file system is read-only.",
        _ when Directory.Exists(path) => "it is a folder; expected a file.",
        _ when IsOfTheNameAlone(path, error) => "its name is too long, or it is larger than the file system allows.",
        IOException { HResult: QuotaOnLinux } when !OperatingSystem.IsMacOS() => "the disk quota is used up.",
        _ when IsFull(error) => "the disk is full.",
        UnauthorizedAccessException => "permission denied.",
        DirectoryNotFoundException => "there is no such folder, and it cannot be created.",
        IOException { HResult: > 0 and < 4096 and var number } => new Win32Exception(number).Message + ".",
        _ => PlainMessage.Of(error),
    };
}
