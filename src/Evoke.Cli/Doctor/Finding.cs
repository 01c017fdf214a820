namespace Evoke.Cli.Doctor;

/// <summary>The result of one check.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Status">Whether it is installed and works.</param>
/// <param name="Found">What was found: a version, a list, the error's message.</param>
/// <param name="Mend">How to fix it; null if nothing needs fixing.</param>
internal sealed record Finding(string Name, FindingStatus Status, string Found, string? Mend = null)
{
    /// <summary>Installed and working.</summary>
    public static Finding Ok(string name, string found) => new(name, FindingStatus.Ok, found);

    /// <summary>Missing or not working, and Evoke needs it.</summary>
    public static Finding Missing(string name, string found, string mend) => new(name, FindingStatus.Missing, found, mend);

    /// <summary>Missing; Evoke works without it, more slowly or with fewer features.</summary>
    public static Finding Absent(string name, string found, string? mend = null) => new(name, FindingStatus.Absent, found, mend);
}

/// <summary>The outcome of a <see cref="Finding"/>.</summary>
internal enum FindingStatus
{
    Ok,
    Absent,
    Missing,
}
