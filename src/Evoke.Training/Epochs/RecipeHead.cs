using Evoke.Datasets.Sets;
using Evoke.Heads.Networks;
using Evoke.Training.Recipes;

namespace Evoke.Training.Epochs;

/// <summary>The head that a recipe asks for.</summary>
internal static class RecipeHead
{
    /// <summary>The head's config for the features and emotions of a data set.</summary>
    public static HeadConfig ConfigOf(Recipe recipe, VideoSet set)
    {
        int position = recipe.Data.Position ? 1 : 0;
        int visual = set.Visual is null ? 0 : set.Visual.Width + position;
        int audio = set.Audio is null ? 0 : set.Audio.Width + position;
        int emotions = set.Labels.Scheme.Count;
        HeadRecipe head = recipe.Head;
        return head.Kind switch
        {
            HeadKind.Gru => Recurrent(new GruHeadConfig { VisualWidth = visual, AudioWidth = audio, Emotions = emotions }, head),
            HeadKind.Emobase => Recurrent(new EmoBaseHeadConfig { VisualWidth = visual, AudioWidth = audio, Emotions = emotions }, head),
            HeadKind.Tcn => new TcnHeadConfig
            {
                VisualWidth = visual,
                AudioWidth = audio,
                Emotions = emotions,
                Stacks = head.Stacks,
                Levels = head.Levels,
                Channels = head.Channels,
                KernelSize = head.KernelSize,
                WeightNorm = head.WeightNorm,
                Dropout = head.Dropout,
                RegressionHidden = head.RegressionHidden,
                OutputScale = head.OutputScale,
            },
            HeadKind.Ridge => new RidgeHeadConfig { VisualWidth = visual, AudioWidth = audio, Emotions = emotions },
            HeadKind.KernelRidge => new KernelRidgeHeadConfig
            {
                VisualWidth = visual,
                AudioWidth = audio,
                Emotions = emotions,
                Support = StepRows.CountOf(set, head.Support),
            },
            _ => throw new InvalidOperationException($"Unknown head: {head.Kind}."),
        };
    }

    // The settings that all recurrent heads take from a recipe.
    private static RecurrentHeadConfig Recurrent(RecurrentHeadConfig config, HeadRecipe head) => config with
    {
        VisualHidden = head.VisualHidden,
        AudioHidden = head.AudioHidden,
        Layers = head.Layers,
        Bidirectional = head.Bidirectional,
        Dropout = head.Dropout,
    };
}
