using System.Diagnostics;

namespace Evoke.Testing;

/// <summary>A temporary folder for one test; it is deleted with its content when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Creates the folder.</summary>
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("evoke-test-").FullName;

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Full path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException) when (OperatingSystem.IsLinux())
        {
            // .NET cannot name files whose names are not UTF-8.
            using Process remove = Process.Start("rm", ["-rf", "--", Path]);
            remove.WaitForExit();
        }
    }
}
