using CliWrap;
using CliWrap.Buffered;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation.Pages;

/// <summary>A user's shell in an empty folder, which is the user's home too, with the built <c>evoke</c> on its path and as <c>./evoke</c>.</summary>
internal sealed class PageShell : IDisposable
{
    private readonly TemporaryFolder _folder = new(), _programs = new();

    public PageShell()
    {
        Install("evoke", $"exec dotnet '{CommandResult.Program}' \"$@\"");
        System.IO.File.CreateSymbolicLink(File("evoke"), _programs.File("evoke"));
    }

    /// <summary>The folder.</summary>
    public TemporaryFolder Folder => _folder;

    /// <summary>What differs from the environment of the tests.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["PATH"] = _programs.Path + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH"),
        ["HOME"] = _folder.Path,
        ["XDG_CACHE_HOME"] = null,
        ["EVOKE_HOME"] = null,
        ["EVOKE_YTDLP"] = null,
    };

    /// <summary>Full path of a file of the folder.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>Puts a program of this name before those of the machine.</summary>
    public void Install(string name, string script)
    {
        System.IO.File.WriteAllText(_programs.File(name), $"#!/bin/bash\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(_programs.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Runs a command as it is typed.</summary>
    public async Task<CommandResult> RunAsync(string command)
    {
        BufferedCommandResult result = await CliWrap.Cli.Wrap("bash").WithArguments(["-euo", "pipefail", "-c", command])
            .WithEnvironmentVariables(Environment).WithWorkingDirectory(_folder.Path).WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return new CommandResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _programs.Dispose();
    }
}
