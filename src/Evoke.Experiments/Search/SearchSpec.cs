using Evoke.Training.Recipes;

namespace Evoke.Experiments.Search;

/// <summary>A search: its base recipe, what it tries and how. Read from YAML by <see cref="SearchReader"/>.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record SearchSpec
{
    /// <summary>A name for people.</summary>
    [RecipeKey("name")]
    public string Name { get; init; } = "";

    /// <summary>Its purpose, in one sentence.</summary>
    [RecipeKey("description")]
    public string Description { get; init; } = "";

    /// <summary>The recipe that all trials start from: the name of one that comes with Evoke, or a path relative to the search file.</summary>
    [RecipeKey("base")]
    public string Base { get; init; } = "";

    /// <summary>Keys of the base recipe that are overridden in all trials: "key=value".</summary>
    [RecipeKey("set")]
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>How epochs are allocated.</summary>
    [RecipeKey("strategy")]
    public SearchStrategy Strategy { get; init; } = SearchStrategy.Halving;

    /// <summary>The number of trials.</summary>
    [RecipeKey("trials", Minimum = 1, Maximum = 100_000)]
    public int Trials { get; init; } = 16;

    /// <summary>The seed that the settings of trials are drawn from.</summary>
    [RecipeKey("seed", Minimum = 0, Maximum = int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>halving: epochs of the first rung; rounded up to the next validation.</summary>
    [RecipeKey("min_epochs", Minimum = 1, Maximum = 1e6)]
    public int MinEpochs { get; init; } = 10;

    /// <summary>halving: one in this many trials continues after a rung, for this many times the epochs.</summary>
    [RecipeKey("factor", Minimum = 2, Maximum = 100)]
    public int Factor { get; init; } = 3;

    /// <summary>The values to try.</summary>
    public IReadOnlyList<SearchRange> Ranges { get; init; } = [];

    /// <summary>The folder that a path in <see cref="Base"/> is relative to; null for the working folder.</summary>
    internal string? Folder { get; init; }

    /// <summary>The heads and losses that its recipes may name.</summary>
    internal TrainingCatalog Catalog { get; init; } = TrainingCatalog.Default;

    /// <summary>The recipe that all trials start from, with <see cref="Set"/> applied.</summary>
    /// <exception cref="RecipeException">There is none, or it has mistakes.</exception>
    public Recipe BaseRecipe() => RecipeWith([]);

    /// <summary>The base recipe with some keys overridden.</summary>
    internal Recipe RecipeWith(IEnumerable<string> settings) => RecipeReader.Read(
        RecipeReader.BuiltIn.Contains(Base) || Folder is null ? Base : Path.Combine(Folder, Base), Catalog, [.. Set, .. settings]);
}
