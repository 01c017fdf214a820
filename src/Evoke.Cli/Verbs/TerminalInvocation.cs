using System.CommandLine;
using Evoke.Cli.Shell;
using Evoke.Training.Recipes;

namespace Evoke.Cli.Verbs;

/// <summary>Carries the <see cref="Terminal"/>, the signals and the catalog through System.CommandLine to the verb.</summary>
internal sealed class TerminalInvocation : InvocationConfiguration
{
    public TerminalInvocation(Terminal terminal, Interruption? interruption, TrainingCatalog catalog)
    {
        Terminal = terminal;
        Interruption = interruption;
        Catalog = catalog;
        Output = terminal.Out;
        Error = terminal.Error;
        EnableDefaultExceptionHandler = false;
        // Interruption handles the signals.
        ProcessTerminationTimeout = null;
    }

    public Terminal Terminal { get; }

    /// <summary>The signal handling of the process; null if others handle signals.</summary>
    public Interruption? Interruption { get; }

    /// <summary>The heads and losses that may be named.</summary>
    public TrainingCatalog Catalog { get; }
}
