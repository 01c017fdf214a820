using Evoke.Training.Recipes;

namespace Evoke.Experiments.Paper;

/// <summary>Recipes at a scale.</summary>
internal static class ScaledRecipe
{
    private const int LeastBatches = 2;

    // SML's network learns a video at a time; with the paper's 512 channels it would memorise a few dozen short films.
    private static readonly string[] s_smallSml =
    [
        "head.channels=48", "head.regression_hidden=32", "head.dropout=0.1", "data.normalisation=standard", "data.position_unit=60",
        "train.optimizer=adam", "train.lr=1e-3", "train.accumulate=4", "train.epochs=40", "train.swa_from=20", "train.validate_every=5",
    ];

    /// <summary>The scale that fits a number of training videos.</summary>
    public static ReproductionScale For(int trainingVideos) =>
        trainingVideos >= LeastBatches * RecipeReader.Read("paper").Train.Batch ? ReproductionScale.Paper : ReproductionScale.Small;

    /// <summary>A recipe that comes with Evoke, at a scale and with a seed.</summary>
    /// <param name="name">The recipe: one of those that start from <c>paper</c>, or <c>sml</c>.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="settings">Settings that override everything else: "key=value".</param>
    public static Recipe Read(string name, ReproductionScale scale, int seed, IEnumerable<string> settings)
    {
        string[] seeded = [.. settings, FormattableString.Invariant($"train.seed={seed}")];
        if (scale == ReproductionScale.Paper)
        {
            return RecipeReader.Read(name, seeded);
        }

        return name == "sml" ? RecipeReader.Read(name, [.. s_smallSml, .. seeded]) : RecipeReader.Read(name, [.. SmallSettings(), .. seeded]);
    }

    // As settings, not as records, so that settings from outside override them.
    private static IEnumerable<string> SmallSettings() =>
        from key in RecipeWriter.Flatten(RecipeReader.Read("demo"))
        where key.Key.StartsWith("head.", StringComparison.Ordinal) || key.Key.StartsWith("train.", StringComparison.Ordinal) || key.Key == "data.normalisation"
        select $"{key.Key}={key.Value}";
}
