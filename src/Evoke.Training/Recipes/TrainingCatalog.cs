using Evoke.Heads.Networks;
using Evoke.Training.Losses;

namespace Evoke.Training.Recipes;

/// <summary>The heads and losses that recipes may name: those of Evoke, and those that a program adds.</summary>
/// <remarks>
/// Immutable and thread-safe: the methods With… give a new catalog. Pass it where recipes are read; a <see cref="Recipe"/> keeps the catalog that it was read
/// with, so training needs nothing more. Pass <see cref="ModelHeads"/> where models are loaded.
/// </remarks>
public sealed class TrainingCatalog
{
    private TrainingCatalog(IReadOnlyList<TrainableHead> heads, LossCatalog losses, HeadCatalog modelHeads) =>
        (Heads, Losses, ModelHeads) = (heads, losses, modelHeads);

    /// <summary>The heads and losses that come with Evoke.</summary>
    public static TrainingCatalog Default { get; } = new(BuiltInHeads.All, LossCatalog.Default, HeadCatalog.Default);

    /// <summary>The heads, in the order in which they were added.</summary>
    public IReadOnlyList<TrainableHead> Heads { get; }

    /// <summary>The losses.</summary>
    public LossCatalog Losses { get; }

    /// <summary>The same heads for loading models: <c>HeadModelOptions.Heads</c>.</summary>
    public HeadCatalog ModelHeads { get; }

    /// <summary>A catalog that has one more head, for <c>head.kind</c>.</summary>
    /// <typeparam name="TConfig">The record that describes such a head, with a public constructor without parameters. Its properties that have a
    /// <see cref="RecipeKeyAttribute"/> are keys of recipes, in a section of the head's name below <c>head</c>.</typeparam>
    /// <param name="summary">One line: what the head is.</param>
    /// <param name="settle">Takes further settings from the keys that heads share: see <see cref="TrainableHead.Of"/>. Null for none.</param>
    /// <exception cref="ArgumentException">There is already a head of this kind, or the record cannot be registered.</exception>
    public TrainingCatalog WithHead<TConfig>(string summary, Func<HeadRecipe, TConfig, TConfig>? settle = null)
        where TConfig : HeadConfig
    {
        TrainableHead head = TrainableHead.Of(summary, settle);
        OwnSection.ThrowIfNotBindable(head.Entry.Kind, head.Entry.ConfigType, typeof(HeadRecipe));
        return new TrainingCatalog([.. Heads, head], Losses, ModelHeads.With(head.Entry));
    }

    /// <summary>A catalog that has one more loss, for <c>loss.kind</c>.</summary>
    /// <typeparam name="TLoss">The loss. Its properties that have a <see cref="RecipeKeyAttribute"/> are keys of recipes, in a section of the loss's name
    /// below <c>loss</c>.</typeparam>
    /// <param name="kind">Its name: lower-case letters, digits and underscores, a letter first.</param>
    /// <param name="summary">One line: what the loss is.</param>
    /// <exception cref="ArgumentException">There is already a loss of this name, or it cannot be registered.</exception>
    public TrainingCatalog WithLoss<TLoss>(string kind, string summary)
        where TLoss : CurveLoss, new()
    {
        LossCatalog losses = Losses.With<TLoss>(kind, summary);
        OwnSection.ThrowIfNotBindable(kind, typeof(TLoss), typeof(LossRecipe));
        return new TrainingCatalog(Heads, losses, ModelHeads);
    }

    /// <summary>The head that a recipe names.</summary>
    /// <exception cref="RecipeException">The catalog has no such head.</exception>
    internal TrainableHead HeadOf(HeadRecipe recipe) =>
        Heads.FirstOrDefault(head => head.Entry.Kind == recipe.Kind) ?? throw Unknown("head", recipe.Kind, Heads.Select(head => head.Entry.Kind));

    /// <summary>The loss that a recipe names, with its settings.</summary>
    /// <exception cref="RecipeException">The catalog has no such loss.</exception>
    internal CurveLoss LossOf(LossRecipe recipe) => recipe.Own ?? (Losses.TryFind(recipe.Kind, out LossEntry? entry)
        ? entry.Create()
        : throw Unknown("loss", recipe.Kind, Losses.Entries.Select(known => known.Kind)));

    /// <summary>What may stand at <c>kind</c> in a section, and what describes it; empty for sections without kinds.</summary>
    internal IEnumerable<OwnSection> KindsOf(Type section) =>
        section == typeof(HeadRecipe) ? Heads.Select(head => new OwnSection(head.Entry.Kind, head.Entry.ConfigType, head.Entry.CreateConfig))
        : section == typeof(LossRecipe) ? Losses.Entries.Select(entry => new OwnSection(entry.Kind, entry.LossType, entry.Create))
        : [];

    private static RecipeException Unknown(string section, string kind, IEnumerable<string> known) =>
        new($"for '{kind}'", [$"{section}.kind: expected {string.Join(", ", known)}; found '{kind}'."]);
}
