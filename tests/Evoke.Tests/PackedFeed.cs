using System.IO.Compression;
using CliWrap;
using CliWrap.Buffered;
using Evoke.Testing;

namespace Evoke.Tests;

/// <summary>All packages, packed from a copy of the sources without .git, as from a source archive.</summary>
public sealed class PackedFeed : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder of the packages.</summary>
    public string Folder => _folder.File("feed");

    /// <summary>The version that all of them have.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Copies the sources and packs them; the command line for every platform.</summary>
    public async Task PackAsync(CancellationToken cancellationToken)
    {
        string source = Directory.CreateDirectory(_folder.File("source")).FullName;
        BufferedCommandResult listed = await Cli.Wrap("git").WithArguments(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .WithWorkingDirectory(SourceTree.Root!).ExecuteBufferedAsync(cancellationToken);
        foreach (string file in listed.StandardOutput.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            string from = Path.Combine(SourceTree.Root!, file), to = Path.Combine(source, file);
            if (File.Exists(from))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(from, to);
            }
        }

        // The analyzers have seen these sources in the build of the tests: they would take most of the time.
        BufferedCommandResult packed = await Cli.Wrap("bash").WithArguments([Path.Combine(source, "build", "pack.sh"), Folder])
            .WithEnvironmentVariables(variables => variables.Set("RunAnalyzers", "false"))
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellationToken);
        packed.ExitCode.ShouldBe(0, packed.StandardOutput + packed.StandardError);
        string name = Path.GetFileName(Directory.GetFiles(Folder, "Evoke.Tool.linux-x64.*.nupkg").ShouldHaveSingleItem());
        Version = name["Evoke.Tool.linux-x64.".Length..^".nupkg".Length];
        Directory.Delete(source, recursive: true);
    }

    /// <summary>The names of the files in a package, and the text of its description.</summary>
    public (string[] Files, string Description) Open(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(Folder, $"{package}.{Version}.nupkg"));
        using StreamReader reader = new(archive.GetEntry($"{package}.nuspec")!.Open());
        return ([.. archive.Entries.Select(entry => entry.FullName)], reader.ReadToEnd());
    }

    public void Dispose() => _folder.Dispose();
}
