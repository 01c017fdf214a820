namespace Evoke.Datasets.Fetching;

/// <summary>Why a video is not available.</summary>
public enum AbsenceKind
{
    /// <summary>It is private.</summary>
    Private,

    /// <summary>Its owner or the site has removed it, or the account is closed.</summary>
    Removed,

    /// <summary>It is not shown in this country, or on copyright grounds.</summary>
    Blocked,

    /// <summary>Anything else: the network, an age limit, a video for members. The next fetch tries it again.</summary>
    Other,
}
