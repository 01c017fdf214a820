namespace Evoke.Datasets.Sets;

/// <summary>Which modalities a head uses.</summary>
public enum ModalityChoice
{
    /// <summary>Picture and sound.</summary>
    Both,

    /// <summary>The picture alone.</summary>
    Visual,

    /// <summary>The sound alone.</summary>
    Audio,
}
