using Evoke.Datasets;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Heads.Inputs;

namespace Evoke.Training.Clips;

/// <summary>Mean and standard deviation of the features of a training set.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody writes to its arrays.</remarks>
/// <param name="Visual">Of the visual features; null for a head without visual input, or without standardisation.</param>
/// <param name="Audio">Of the audio features; null for a head without audio input, or without standardisation.</param>
public sealed record SetStatistics(FeatureStatistics? Visual, FeatureStatistics? Audio)
{
    /// <summary>No statistics.</summary>
    public static SetStatistics None { get; } = new(null, null);

    /// <summary>Computes them over every step of every video, in order, so that the same set gives the same numbers.</summary>
    /// <exception cref="DatasetException">A feature is NaN or infinite.</exception>
    public static SetStatistics Gather(VideoSet set, CancellationToken cancellationToken)
    {
        FeatureStatisticsBuilder? visual = set.Visual is null ? null : new(set.Visual.Width);
        FeatureStatisticsBuilder? audio = set.Audio is null ? null : new(set.Audio.Width);
        foreach (TrainingVideo video in set.Videos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using IOpenFeatures open = set.Features.Open(video.Id);
            Add(visual, open.Visual, "visual", video, set);
            Add(audio, open.Audio, "audio", video, set);
        }

        return new(visual is null or { Rows: 0 } ? Zero(set.Visual) : visual.Build(), audio is null or { Rows: 0 } ? Zero(set.Audio) : audio.Build());
    }

    private static void Add(FeatureStatisticsBuilder? builder, IFeatureRows? rows, string modality, TrainingVideo video, VideoSet set)
    {
        if (builder is null || rows is null || rows.IsMissing)
        {
            return;
        }

        float[] room = new float[rows.Width];
        for (int step = 0; step < rows.Steps; step++)
        {
            ReadOnlySpan<float> row = rows.Row(step, room);
            if (NonFinite.FirstIn(row) is { } feature)
            {
                throw new DatasetException(
                    FormattableString.Invariant($"Video '{video.Id}': feature {feature} of step {step} of its {modality} features in {set.Features.Name} ")
                    + FormattableString.Invariant($"is {row[feature]}; ")
                    + "expected finite numbers. Extract or import them again.");
            }

            builder.Add(row);
        }
    }

    // No video of the set has the modality: there is nothing to standardise by.
    private static FeatureStatistics? Zero(SetModality? modality) => modality is null ? null : new(new float[modality.Width], new float[modality.Width]);
}
