using Evoke.Curves;
using Evoke.Datasets.Sets;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Training.Clips;
using MathNet.Numerics.LinearAlgebra;

namespace Evoke.Experiments.Baselines;

/// <summary>The input of a <see cref="RidgeModel"/>: standardised features of picture and sound, of one step or also of its neighbours.</summary>
/// <param name="Visual">The visual features; null if they are not used.</param>
/// <param name="Audio">The audio features; null if they are not used.</param>
/// <param name="Rate">Steps per second (Hz).</param>
/// <param name="ContextSteps">Number of steps on either side that are included.</param>
internal sealed record RidgeInput(EncodedModality? Visual, EncodedModality? Audio, Rate Rate, int ContextSteps)
{
    private const string Name = "ridge";

    /// <summary>Numbers per row.</summary>
    public int Width => StepWidth * ((2 * ContextSteps) + 1);

    private int VisualWidth => Visual?.Input.Width ?? 0;

    private int StepWidth => VisualWidth + (Audio?.Input.Width ?? 0);

    /// <summary>Computes the training set's means and standard deviations.</summary>
    public static RidgeInput Of(VideoSet train, RidgeOptions options, CancellationToken cancellationToken)
    {
        SetStatistics statistics = SetStatistics.Gather(train, cancellationToken);
        return new RidgeInput(Standardised(train.Visual, statistics.Visual), Standardised(train.Audio, statistics.Audio), options.Rate, options.ContextSteps);
    }

    /// <summary>A row for each step: [steps, width]. Beyond the first and the last step, these are repeated.</summary>
    /// <exception cref="IncompatibleFeaturesException">The features are from other encoders.</exception>
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
