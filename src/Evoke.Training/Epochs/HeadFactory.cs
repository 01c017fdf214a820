using Evoke.Curves;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Heads.Inputs;
using Evoke.Heads.Networks;
using Evoke.Training.Recipes;

namespace Evoke.Training.Epochs;

/// <summary>What a recipe and a dataset make of a head.</summary>
internal static class HeadFactory
{
    /// <summary>The head's config.</summary>
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
            _ => throw new InvalidOperationException($"There is no head {head.Kind}."),
        };
    }

    /// <summary>What all recurrent heads take from a recipe.</summary>
    private static RecurrentHeadConfig Recurrent(RecurrentHeadConfig config, HeadRecipe head) => config with
    {
        VisualHidden = head.VisualHidden,
        AudioHidden = head.AudioHidden,
        Layers = head.Layers,
        Bidirectional = head.Bidirectional,
        Dropout = head.Dropout,
    };

    /// <summary>The name that model files have for a recipe's normalisation.</summary>
    public static FeatureNormalisation NormalisationOf(NormalisationKind kind) => kind switch
    {
        NormalisationKind.None => FeatureNormalisation.None,
        NormalisationKind.Standard => FeatureNormalisation.Standardise,
        NormalisationKind.L2 => FeatureNormalisation.L2,
        _ => throw new InvalidOperationException($"There is no normalisation {kind}."),
    };

    /// <summary>The position feature that a recipe asks for; null for none.</summary>
    public static PositionFeature? PositionOf(DataRecipe data) => data.Position ? new PositionFeature(data.PositionUnit) : null;

    /// <summary>Which emotions count: 1 or 0 for each; null if all do.</summary>
    /// <exception cref="RecipeException">The recipe names an emotion that the labels do not have.</exception>
    public static float[]? EmotionMaskOf(Recipe recipe, EmotionScheme scheme)
    {
        if (recipe.Data.Emotions.Count == 0)
        {
            return null;
        }

        string[] unknown = [.. recipe.Data.Emotions.Where(name => scheme.IndexOf(name) < 0)];
        return unknown.Length == 0
            ? [.. scheme.Names.Select(name => recipe.Data.Emotions.Contains(name) ? 1f : 0f)]
            : throw new RecipeException(recipe.Name, [.. unknown.Select(name => $"data.emotions: the labels have no '{name}'; they have {scheme}.")]);
    }
}

/// <summary>Mean and spread of the features of a training set.</summary>
/// <param name="Visual">Of the picture; null for a head that does not look, or without standardisation.</param>
/// <param name="Audio">Of the sound; null for a head that does not listen, or without standardisation.</param>
public sealed record SetStatistics(FeatureStatistics? Visual, FeatureStatistics? Audio)
{
    /// <summary>No statistics.</summary>
    public static SetStatistics None { get; } = new(null, null);

    /// <summary>Gathers them over every step of every video, in order, so that the same set gives the same numbers.</summary>
    public static SetStatistics Gather(VideoSet set, CancellationToken cancellationToken)
    {
        FeatureStatisticsBuilder? visual = set.Visual is null ? null : new(set.Visual.Width);
        FeatureStatisticsBuilder? audio = set.Audio is null ? null : new(set.Audio.Width);
        foreach (TrainingVideo video in set.Videos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using IOpenFeatures open = set.Features.Open(video.Id);
            Add(visual, open.Visual);
            Add(audio, open.Audio);
        }

        return new(visual is null or { Rows: 0 } ? Zero(set.Visual) : visual.Build(), audio is null or { Rows: 0 } ? Zero(set.Audio) : audio.Build());
    }

    private static void Add(FeatureStatisticsBuilder? builder, IFeatureRows? rows)
    {
        if (builder is null || rows is null || rows.IsMissing)
        {
            return;
        }

        float[] room = new float[rows.Width];
        for (int step = 0; step < rows.Steps; step++)
        {
            builder.Add(rows.Row(step, room));
        }
    }

    // No video of the set has the modality: there is nothing to standardise by.
    private static FeatureStatistics? Zero(SetModality? modality) => modality is null ? null : new(new float[modality.Width], new float[modality.Width]);
}
