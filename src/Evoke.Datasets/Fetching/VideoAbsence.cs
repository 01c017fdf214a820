namespace Evoke.Datasets.Fetching;

/// <summary>Why a video cannot be had.</summary>
public enum AbsenceKind
{
    /// <summary>Its owner shows it to chosen people only.</summary>
    Private,

    /// <summary>Its owner or the site has taken it away, or the account is gone.</summary>
    Removed,

    /// <summary>It is not shown in this country, or on copyright grounds.</summary>
    Blocked,

    /// <summary>Anything else: the network, an age limit, a video for members. It is tried again the next time.</summary>
    Other,
}

/// <summary>A video that cannot be had, and why.</summary>
/// <param name="VideoId">Its id.</param>
/// <param name="Kind">Why, in a word.</param>
/// <param name="Message">What the site or the program said.</param>
public sealed record VideoAbsence(string VideoId, AbsenceKind Kind, string Message)
{
    /// <summary>True if asking again is of no use.</summary>
    public bool IsFinal => Kind != AbsenceKind.Other;
}
