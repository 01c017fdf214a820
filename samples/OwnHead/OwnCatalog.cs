using Evoke.Training.Recipes;

namespace OwnHead;

/// <summary>The heads and losses of Evoke, and those of this project.</summary>
public static class OwnCatalog
{
    public static TrainingCatalog Catalog { get; } = TrainingCatalog.Default
        .WithHead<FadingHeadConfig>(
            "A linear head with a fading memory.",
            (recipe, config) => config with { Dropout = recipe.Dropout }) // a key that heads share
        .WithLoss<HuberLoss>("huber", "Squared near the labels, linear far from them.");
}
