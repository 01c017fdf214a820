using System.Runtime.InteropServices;
using System.Text;

namespace Evoke.Files;

/// <summary>What kind of file a name refers to, following links. Nothing is opened: opening a pipe would wait for its writer.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static partial class FileKind
{
    private const int AtWorkingDirectory = -100;
    private const uint WantType = 1; // STATX_TYPE
    private const int ModeOffset = 28; // stx_mode, the same on every processor: statx(2)
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
        byte[] name = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, name);
        if (StatX(AtWorkingDirectory, name, 0, WantType, ref MemoryMarshal.GetReference(status)) != 0)
        {
            return null;
        }

        return (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & TypeMask) switch
        {
            Pipe => "a pipe",
            CharacterDevice or BlockDevice => "a device",
            Socket => "a socket",
            _ => null,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int StatX(int folder, byte[] path, int flags, uint mask, ref byte status);
}
