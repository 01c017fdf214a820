namespace Evoke.Cli.Shell;

/// <summary>Exit codes of the process.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>Some items failed; they are listed on standard error and, in runs of several, in failures.csv. The others are done. Also: standard output could
    /// not be written to.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command line, or an input that the whole command needs, is wrong; nothing was done.</summary>
    public const int WrongUse = 2;

    /// <summary>A bug in Evoke (sysexits.h: EX_SOFTWARE).</summary>
    public const int Fault = 70;

    /// <summary>Stopped on request before everything was done: run it again to continue (sysexits.h: EX_TEMPFAIL).</summary>
    public const int RunAgain = 75;

    /// <summary>Stopped by Ctrl-C, or by SIGTERM or SIGUSR1 outside a cluster.</summary>
    public const int Interrupted = 130;
}
