using CliWrap;
using CliWrap.Buffered;
using Evoke.Cli.Shell;

namespace Evoke.Cli.Tests;

/// <summary>The result of a command line.</summary>
internal sealed record CommandResult(int ExitCode, string Out, string Error)
{
    /// <summary>The built program: the project reference puts it beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Evoke.Cli.dll");

    /// <summary>Runs a command line within this process: the same code as the program's, without its start-up.</summary>
    public static async Task<CommandResult> OfAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = await EvokeCommandLine.RunAsync(args, new Terminal(output, error), TestContext.Current.CancellationToken);
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs the built program.</summary>
    public static async Task<CommandResult> OfProcessAsync(string[] args, Dictionary<string, string?>? environment = null, string? folder = null)
    {
        BufferedCommandResult result = await CliWrap.Cli.Wrap("dotnet")
            .WithArguments([Program, .. args])
            .WithEnvironmentVariables(environment ?? [])
            .WithWorkingDirectory(folder ?? AppContext.BaseDirectory)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return new CommandResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }
}
