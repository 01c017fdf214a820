using Evoke.Cli.Shell;
using Evoke.Training.Recipes;

namespace Evoke.Cli;

/// <summary>The whole command line, for programs that add heads and losses of their own to it: docs/extending.md.</summary>
/// <remarks>Not thread-safe: one call at a time, since the console and the signals are those of the process.</remarks>
public static class EvokeProgram
{
    /// <summary>Runs one command line, as <c>evoke</c> does: prints on standard output and standard error, and stops on SIGINT and SIGTERM. Call it once, from
    /// <c>Main</c>.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="catalog">The heads and losses that recipes and model files may name; null for those that come with Evoke.</param>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(string[] args, TrainingCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        using Interruption interruption = new();
        return await EvokeCommandLine.RunAsync(args, Terminal.Standard(), interruption, catalog ?? TrainingCatalog.Default).ConfigureAwait(false);
    }
}
