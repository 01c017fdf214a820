using Evoke.Curves;
using Evoke.Datasets.Sets;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Training.Clips;
using MathNet.Numerics.LinearAlgebra;

namespace Evoke.Experiments.Baselines;

/// <summary>What a <see cref="RidgeModel"/> sees of a video: standardised features of picture and sound, of one step or of some around it.</summary>
/// <param name="Visual">The picture; null if it is not looked at.</param>
/// <param name="Audio">The sound; null if it is not listened to.</param>
/// <param name="Rate">Steps per second (Hz).</param>
/// <param name="ContextSteps">Steps to either side that are seen, too.</param>
internal sealed record RidgeInput(EncodedModality? Visual, EncodedModality? Audio, double Rate, int ContextSteps)
{
    private const string Name = "ridge";

    /// <summary>Numbers per row.</summary>
    public int Width => StepWidth * ((2 * ContextSteps) + 1);

    private int VisualWidth => Visual?.Input.Width ?? 0;

    private int StepWidth => VisualWidth + (Audio?.Input.Width ?? 0);

    /// <summary>Gathers the training set's means and spreads.</summary>
    public static RidgeInput Of(VideoSet train, RidgeOptions options, CancellationToken cancellationToken)
    {
        SetStatistics statistics = SetStatistics.Gather(train, cancellationToken);
        return new RidgeInput(Standardised(train.Visual, statistics.Visual), Standardised(train.Audio, statistics.Audio), options.Rate, options.ContextSteps);
    }

    /// <summary>A row for each step: [steps, width]. Before the first step and after the last one, these are repeated.</summary>
    /// <exception cref="IncompatibleFeaturesException">The features are of other encoders.</exception>
    public Matrix<double> RowsOf(VideoFeatures features)
    {
        VideoInput input = new(features, Visual, Audio, Name);
        TimeGrid grid = TimeGrid.ForDuration(features.DurationSeconds, Rate);
        float[][] steps = [.. Enumerable.Range(0, grid.Count).Select(step => StepOf(input, grid.SecondsAt(step)))];
        return Matrix<double>.Build.Dense(grid.Count, Width, (row, column) =>
        {
            int step = Math.Clamp(row + (column / StepWidth) - ContextSteps, 0, grid.Count - 1);
            return steps[step][column % StepWidth];
        });
    }

    private static EncodedModality? Standardised(SetModality? modality, FeatureStatistics? statistics) => modality is null
        ? null
        : new EncodedModality(modality.Encoder, new ModalityInput(modality.Width, FeatureNormalisation.Standardise, statistics, position: null));

    private float[] StepOf(VideoInput input, double seconds)
    {
        float[] step = new float[StepWidth];
        if (Visual is not null)
        {
            input.WriteVisual(seconds, step.AsSpan(0, VisualWidth));
        }

        if (Audio is not null)
        {
            input.WriteAudio(seconds, step.AsSpan(VisualWidth));
        }

        return step;
    }
}
