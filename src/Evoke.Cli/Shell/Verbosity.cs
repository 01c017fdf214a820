namespace Evoke.Cli.Shell;

/// <summary>How much a verb prints while it works.</summary>
internal enum Verbosity
{
    /// <summary>Results and errors.</summary>
    Quiet,

    /// <summary>Also progress, notes and warnings.</summary>
    Normal,

    /// <summary>Also what is read, what is chosen and how long each piece of work takes.</summary>
    Verbose,
}
