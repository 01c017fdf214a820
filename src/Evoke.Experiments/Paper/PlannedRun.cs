namespace Evoke.Experiments.Paper;

/// <summary>One training run for the tables; several tables may share it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="Features">Name of the features' folder within the data set.</param>
/// <param name="Seed">The seed.</param>
public sealed record PlannedRun(string Recipe, string Features, int Seed)
{
    /// <summary>Name of its folder: "paper-seed1", "paper-inception-seed1".</summary>
    public string FolderName => FormattableString.Invariant($"{Recipe}{Features["features".Length..]}-seed{Seed}");

    /// <summary>"paper, seed 1".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Recipe}{(Features == ReproductionData.MainFeatures ? "" : $" on {Features}")}, seed {Seed}");
}
