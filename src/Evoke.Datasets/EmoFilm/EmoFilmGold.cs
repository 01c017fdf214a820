namespace Evoke.Datasets.EmoFilm;

/// <summary>What the labels of a data set of Emo-FilM are.</summary>
public enum EmoFilmGold
{
    /// <summary>The mean of all raters, on their scale.</summary>
    Mean,

    /// <summary>The median of all raters, on their scale.</summary>
    Median,

    /// <summary>The mean weighted by agreement, on the raters' scale.</summary>
    Ewe,

    /// <summary>The consensus that the authors published, in standard deviations.</summary>
    Published,

    /// <summary>The same, computed here from the raters by the authors' rules, in standard deviations; see <see cref="ConsensusRules"/>.</summary>
    Consensus,
}
