using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Evoke.Files;

/// <summary>What kind of file a name refers to, following links. Nothing is opened: opening a pipe would wait for its writer.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static partial class FileKind
{
    private const int AtWorkingDirectory = -100;
    private const int WithoutLink = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint WantType = 1, WantOwner = 8; // STATX_TYPE, STATX_UID
    private const int OwnerOffset = 20, ModeOffset = 28; // stx_uid and stx_mode, the same on every processor: statx(2)
    private const int StatxBytes = 256;
    private const int TypeMask = 0xF000, Pipe = 0x1000, CharacterDevice = 0x2000, BlockDevice = 0x6000, Socket = 0xC000;

    /// <summary>Which kind of special file a name refers to.</summary>
    /// <param name="path">The name.</param>
    /// <returns>"a pipe", "a device" or "a socket"; null for a file, a folder, nothing at all, or where the system does not say (everywhere but on
    /// Linux).</returns>
    public static string? SpecialName(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> status = stackalloc byte[StatxBytes];
        return !TryRead(path, 0, WantType, status) ? null : (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & TypeMask) switch
        {
            Pipe => "a pipe",
            CharacterDevice or BlockDevice => "a device",
            Socket => "a socket",
            _ => null,
        };
    }

    /// <summary>
    /// True for a file of more bytes than that, following links. It can be opened a second time: a pipe, which has no length, would wait for a second
    /// writer, or its readers would share what is written.
    /// </summary>
    /// <param name="path">The name.</param>
    /// <param name="bytes">How many bytes it must exceed.</param>
    /// <returns>False for smaller files, for all that is no file, and for nothing at all.</returns>
    /// <exception cref="IOException">The links form a loop.</exception>
    public static bool IsFileOver(string path, long bytes)
    {
        FileInfo file = new(path);
        return (file.Exists ? file.ResolveLinkTarget(returnFinalTarget: true) ?? file : null) is FileInfo { Exists: true } real && real.Length > bytes;
    }

    /// <summary>True if the file or folder of this name, not what a link points to, belongs to the user of this process.</summary>
    /// <param name="path">The name.</param>
    /// <returns>On systems other than Linux: true if this process may set its mode.</returns>
    [UnsupportedOSPlatform("windows")]
    internal static bool IsOwn(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            Span<byte> status = stackalloc byte[StatxBytes];
            return TryRead(path, WithoutLink, WantOwner, status) && MemoryMarshal.Read<uint>(status[OwnerOffset..]) == EffectiveUser();
        }

        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TryRead(string path, int flags, uint wanted, Span<byte> status)
    {
        byte[] name = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, name);
        return StatX(AtWorkingDirectory, name, flags, wanted, ref MemoryMarshal.GetReference(status)) == 0;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int StatX(int folder, byte[] path, int flags, uint mask, ref byte status);
}
