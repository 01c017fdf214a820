using System.CommandLine;
using Evoke.Cli.Shell;

namespace Evoke.Cli.Verbs;

/// <summary>Carries the <see cref="Terminal"/> and the signals through System.CommandLine to the verb.</summary>
internal sealed class TerminalInvocation : InvocationConfiguration
{
    public TerminalInvocation(Terminal terminal, Interruption? interruption)
    {
        Terminal = terminal;
        Interruption = interruption;
        Output = terminal.Out;
        Error = terminal.Error;
        EnableDefaultExceptionHandler = false;
        // Interruption handles the signals.
        ProcessTerminationTimeout = null;
    }

    public Terminal Terminal { get; }

    /// <summary>The signal handling of the process; null if others handle signals.</summary>
    public Interruption? Interruption { get; }
}
