using Evoke.Heads.Networks;

namespace Evoke.Training.Recipes;

/// <summary>One head that recipes can name, and how its config is made from a recipe and the data. Immutable and thread-safe.</summary>
public sealed class TrainableHead
{
    private readonly Func<HeadRecipe, HeadInputs, HeadConfig, HeadConfig> _settle;

    private TrainableHead(HeadEntry entry, Func<HeadRecipe, HeadInputs, HeadConfig, HeadConfig> settle) => (Entry, _settle) = (entry, settle);

    /// <summary>The head, as model files name it.</summary>
    public HeadEntry Entry { get; }

    /// <summary>True for heads that are solved at once, without epochs or a loss.</summary>
    public bool IsSolved { get; private init; }

    /// <summary>A head of a program. Its keys are the properties of the config that have a <see cref="RecipeKeyAttribute"/>; recipes have them in a section of
    /// the head's name below <c>head</c>.</summary>
    /// <typeparam name="TConfig">The record that describes such a head, with a public constructor without parameters.</typeparam>
    /// <param name="summary">One line: what the head is.</param>
    /// <param name="settle">Takes further settings from the keys that heads share, for example <see cref="HeadRecipe.Dropout"/>: gets the section <c>head</c>
    /// and the config with its own keys and widths, and returns the config to use. Null for none.</param>
    /// <exception cref="ArgumentException">The record cannot be registered.</exception>
    public static TrainableHead Of<TConfig>(string summary, Func<HeadRecipe, TConfig, TConfig>? settle = null)
        where TConfig : HeadConfig => new(HeadEntry.Of<TConfig>(summary), (recipe, _, config) => settle is null ? config : settle(recipe, (TConfig)config));

    /// <summary>A head that comes with Evoke: its keys are those of the section <c>head</c> itself.</summary>
    internal static TrainableHead BuiltIn<TConfig>(Func<HeadRecipe, HeadInputs, TConfig, HeadConfig> settle, bool isSolved = false)
        where TConfig : HeadConfig => new(
            HeadCatalog.Default.Entries.Single(entry => entry.ConfigType == typeof(TConfig)),
            (recipe, inputs, config) => settle(recipe, inputs, (TConfig)config))
        {
            IsSolved = isSolved,
        };

    /// <summary>The config of the head that a recipe asks for.</summary>
    internal HeadConfig ConfigOf(HeadRecipe recipe, HeadInputs inputs) => _settle(recipe, inputs, (recipe.Own ?? Entry.CreateConfig()) with
    {
        VisualWidth = inputs.VisualWidth,
        AudioWidth = inputs.AudioWidth,
        Emotions = inputs.Emotions,
    });
}
