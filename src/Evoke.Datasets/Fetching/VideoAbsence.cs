namespace Evoke.Datasets.Fetching;

/// <summary>An unavailable video, and why.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="VideoId">Its id.</param>
/// <param name="Kind">Why, in a word.</param>
/// <param name="Message">What the site or the program reported.</param>
public sealed record VideoAbsence(string VideoId, AbsenceKind Kind, string Message)
{
    /// <summary>True if trying again is pointless.</summary>
    public bool IsFinal => Kind != AbsenceKind.Other;
}
