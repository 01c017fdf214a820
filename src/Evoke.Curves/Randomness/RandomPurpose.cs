namespace Evoke.Curves.Randomness;

/// <summary>What random numbers are for.</summary>
public enum RandomPurpose
{
    /// <summary>The initial weights of a network.</summary>
    Initialisation,

    /// <summary>The order of videos in an epoch.</summary>
    VideoOrder,

    /// <summary>Where a clip starts.</summary>
    ClipStart,

    /// <summary>Dropout within the network.</summary>
    Dropout,

    /// <summary>Which steps of a clip are dropped.</summary>
    TimeDropout,

    /// <summary>Which videos a bootstrap sample contains.</summary>
    Bootstrap,

    /// <summary>The values that a search tries.</summary>
    Search,

    /// <summary>Everything about generated films.</summary>
    Demo,

    /// <summary>Damage to files, to test their readers with.</summary>
    Fuzzing,

    /// <summary>Which signs a permutation test flips.</summary>
    SignFlips,

    /// <summary>Which videos go to which part or fold of a data set.</summary>
    Split,

    /// <summary>Which raters a bootstrap sample contains.</summary>
    Raters,
}
