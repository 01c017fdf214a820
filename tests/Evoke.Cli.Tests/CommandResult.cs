using Evoke.Cli.Shell;

namespace Evoke.Cli.Tests;

/// <summary>What a command line did.</summary>
internal sealed record CommandResult(int ExitCode, string Out, string Error)
{
    /// <summary>Runs a command line within this process: the same code as the program's, without its start-up.</summary>
    public static async Task<CommandResult> OfAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = await EvokeCommandLine.RunAsync(args, new Terminal(output, error), TestContext.Current.CancellationToken);
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }
}
