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
