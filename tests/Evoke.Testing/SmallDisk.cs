using System.Diagnostics;

namespace Evoke.Testing;

/// <summary>A small in-memory file system, for tests of a full disk. Only the superuser can mount one.</summary>
public sealed class SmallDisk : IDisposable
{
    /// <summary>The reason given by a test that is skipped because there is none.</summary>
    public const string WhyNot = "A small disk can be mounted by the superuser of Linux only, and not in every container.";

    private readonly TemporaryFolder _mountPoint;
    private int _fillers;

    private SmallDisk(TemporaryFolder mountPoint) => _mountPoint = mountPoint;

    /// <summary>Full path of its folder.</summary>
    public string Path => _mountPoint.Path;

    /// <summary>Mounts one; null where that is not possible.</summary>
    /// <param name="kilobytes">Its size.</param>
    public static SmallDisk? TryMount(int kilobytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        TemporaryFolder folder = new();
        if (Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={kilobytes}k,nr_inodes=500"), "evoke-small-disk", folder.Path) == 0)
        {
            return new SmallDisk(folder);
        }

        folder.Dispose();
        return null;
    }

    /// <summary>Fills the disk completely.</summary>
    public void Fill()
    {
        using FileStream file = new(
            System.IO.Path.Combine(Path, FormattableString.Invariant($"filler{_fillers++}")), FileMode.CreateNew, FileAccess.Write, FileShare.None,
            bufferSize: 0);
        byte[] page = new byte[4096];
        while (true)
        {
            try
            {
                file.Write(page);
            }
            catch (IOException)
            {
                return; // Full, as wanted.
            }
        }
    }

    /// <summary>Makes room again.</summary>
    public void Empty()
    {
        foreach (string filler in Directory.GetFiles(Path, "filler*"))
        {
            File.Delete(filler);
        }
    }

    /// <summary>Forbids all writing to it.</summary>
    public void MakeReadOnly() => Remount("ro");

    /// <summary>Changes its size.</summary>
    /// <param name="kilobytes">The new size, at least what it holds.</param>
    public void Resize(int kilobytes) => Remount(FormattableString.Invariant($"size={kilobytes}k"));

    private void Remount(string options)
    {
        if (Run("mount", "-o", $"remount,{options}", Path) != 0)
        {
            throw new IOException($"{Path} cannot be mounted again with {options}.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Run("umount", Path) != 0)
        {
            Run("umount", "-l", Path);
        }

        _mountPoint.Dispose();
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
