using Evoke.Curves;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Signal;
using Evoke.Datasets.Labels;
using Evoke.Features;
using Evoke.Heads.Reactions;

namespace Evoke.Experiments.Baselines;

/// <summary>
/// Predicts every video from the time alone: the mean of the training curves at each time. A model must beat this before it can claim to use picture or
/// sound.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ClockModel : IReactionModel
{
    private readonly EmotionCurves _mean;

    private ClockModel(EmotionCurves mean) => _mean = mean;

    /// <inheritdoc/>
    public string Name => "clock";

    /// <inheritdoc/>
    public string Summary => "The mean of the training curves at each time; uses neither picture nor sound.";

    /// <inheritdoc/>
    public EmotionScheme Scheme => _mean.Scheme;

    /// <inheritdoc/>
    public Rate Rate => _mean.Grid.Rate;

    /// <inheritdoc/>
    public EncoderIdentity? VisualEncoder => null;

    /// <inheritdoc/>
    public EncoderIdentity? AudioEncoder => null;

    /// <summary>Computes the mean at each time over the videos that are long enough, at the rate of the first video.</summary>
    public static ClockModel Fit(LabelSet labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Rate rate = labels.Videos[0].Curves.Grid.Rate;
        EmotionCurves[] videos = [.. labels.Videos.Select(video => AtRate(video.Curves, rate))];
        int emotions = labels.Scheme.Count;
        TimeGrid grid = new(rate, videos.Max(curves => curves.Grid.Count));
        double[] sums = new double[grid.Count * emotions];
        int[] counts = new int[sums.Length];
        foreach (EmotionCurves curves in videos)
        {
            for (int i = 0; i < curves.Values.Length; i++)
            {
                if (!float.IsNaN(curves.Values[i]))
                {
                    sums[i] += curves.Values[i];
                    counts[i]++;
                }
            }
        }

        return new ClockModel(new EmotionCurves(labels.Scheme, grid, Means(labels.Scheme, sums, counts)));
    }

    // Times at which no video has a label are bridged; an emotion without any label is in the middle of its range.
    private static float[] Means(EmotionScheme scheme, double[] sums, int[] counts)
    {
        float[] means = new float[sums.Length];
        double[] column = new double[sums.Length / scheme.Count];
        for (int emotion = 0; emotion < scheme.Count; emotion++)
        {
            for (int step = 0; step < column.Length; step++)
            {
                int i = (step * scheme.Count) + emotion;
                column[step] = sums[i] / counts[i]; // NaN without a label
            }

            if (!MissingValues.Bridge(column))
            {
                Array.Fill(column, scheme.Ranges[emotion].Low + (scheme.Ranges[emotion].Width / 2));
            }

            for (int step = 0; step < column.Length; step++)
            {
                means[(step * scheme.Count) + emotion] = (float)column[step];
            }
        }

        return means;
    }

    /// <summary>The mean curves at given times; after the longest training video its last values.</summary>
    public EmotionCurves At(TimeGrid grid) => SparseToDense.Interpolate(_mean, grid);

    /// <inheritdoc/>
    public SparsePrediction Predict(VideoFeatures features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return new SparsePrediction(SparseToDense.Interpolate(_mean, TimeGrid.ForDuration(features.DurationSeconds, Rate)), StandardDeviation: null);
    }

    /// <summary>Does nothing.</summary>
    public void Dispose()
    {
    }

    private static EmotionCurves AtRate(EmotionCurves curves, Rate rate) => curves.Grid.Rate == rate
        ? curves
        : SparseToDense.Interpolate(curves, TimeGrid.ForDuration(curves.Grid.Count / curves.Grid.Rate.Hertz, rate));
}
