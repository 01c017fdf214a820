namespace Evoke.Cli.Doctor;

/// <summary>What looking for one thing found.</summary>
/// <param name="Name">What was looked for.</param>
/// <param name="Status">Here and working, or not.</param>
/// <param name="Found">What there is: a version, a list, the error's message.</param>
/// <param name="Mend">How to mend it; null where nothing needs mending.</param>
internal sealed record Finding(string Name, FindingStatus Status, string Found, string? Mend = null)
{
    /// <summary>Here, and it works.</summary>
    public static Finding Ok(string name, string found) => new(name, FindingStatus.Ok, found);

    /// <summary>Not here or not working, and Evoke needs it.</summary>
    public static Finding Missing(string name, string found, string mend) => new(name, FindingStatus.Missing, found, mend);

    /// <summary>Not here; Evoke works without it, slower or with less.</summary>
    public static Finding Absent(string name, string found, string? mend = null) => new(name, FindingStatus.Absent, found, mend);
}

/// <summary>How a <see cref="Finding"/> ended.</summary>
internal enum FindingStatus
{
    Ok,
    Absent,
    Missing,
}
