using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Training.Recipes;

namespace Evoke.Training.Clips;

/// <summary>
/// Chooses the features that go with the labels in the same way in most training videos. In each video a feature's correlation with each curve is computed;
/// t is the mean of these correlations over the videos divided by its standard error. A feature is kept if the root mean square of its t over the curves is
/// large enough; 1 is what a feature without any relation has.
/// </summary>
internal sealed class FeatureScreen
{
    // With fewer videos the standard error says nothing.
    private const int LeastVideos = 4;

    private readonly double[] _sums; // [columns, curves]
    private readonly double[] _squares;
    private readonly int[] _videos;
    private readonly int _curves;

    private FeatureScreen(int columns, int curves)
    {
        _curves = curves;
        (_sums, _squares, _videos) = (new double[columns * curves], new double[columns * curves], new int[columns * curves]);
    }

    /// <summary>The expansions with the columns that are kept: at least one of each modality, all if there are fewer than four training videos.</summary>
    public static (FeatureExpansion? Visual, FeatureExpansion? Audio) Of(
        DataRecipe recipe, VideoSet train, FeatureExpansion? visual, FeatureExpansion? audio, CancellationToken cancellationToken)
    {
        if (train.Videos.Count < LeastVideos)
        {
            return (visual, audio);
        }

        int curves = train.Labels.Scheme.Count;
        FeatureScreen? seen = visual is null ? null : new FeatureScreen(visual.Width, curves);
        FeatureScreen? heard = audio is null ? null : new FeatureScreen(audio.Width, curves);
        foreach (TrainingVideo video in train.Videos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            VideoFeatures features = train.Features.Read(video.Id);
            double[][] labels = LabelsOf(recipe, video);
            if (seen is not null && features.Visual is { } picture && !features.PictureMissing)
            {
                seen.Add(visual!.Apply(picture), labels, recipe.Rate);
            }

            if (heard is not null && features.Audio is { } sound && !features.SoundMissing)
            {
                heard.Add(audio!.Apply(sound), labels, recipe.Rate);
            }
        }

        return (seen?.Kept(visual!, recipe.Screen), heard?.Kept(audio!, recipe.Screen));
    }

    // [curves][steps]; NaN where a label is missing
    private static double[][] LabelsOf(DataRecipe recipe, TrainingVideo video)
    {
        EmotionScheme scheme = video.Labels.Curves.Scheme;
        double[][] labels = [.. scheme.Names.Select(_ => new double[video.Steps])];
        for (int step = 0; step < video.Steps; step++)
        {
            ReadOnlySpan<float> row = video.LabelsNear(step / recipe.Rate.Hertz);
            bool isGap = recipe.Gaps != GapTreatment.Keep && scheme.IsGap(row);
            for (int curve = 0; curve < labels.Length; curve++)
            {
                labels[curve][step] = isGap ? double.NaN : row[curve];
            }
        }

        return labels;
    }

    private void Add(FeatureSequence features, double[][] labels, Rate rate)
    {
        int steps = labels[0].Length;
        int[] rows = [.. Enumerable.Range(0, steps).Select(step => FeatureClock.StepNear(features.Steps, features.Rate, step / rate.Hertz))];
        double[] values = new double[steps];
        for (int column = 0; column < features.Width; column++)
        {
            for (int step = 0; step < steps; step++)
            {
                values[step] = features.Values[(rows[step] * features.Width) + column];
            }

            for (int curve = 0; curve < _curves; curve++)
            {
                Add((column * _curves) + curve, CorrelationOf(values, labels[curve]));
            }
        }
    }

    private void Add(int at, double correlation)
    {
        if (double.IsNaN(correlation))
        {
            return; // one of the two is constant in this video
        }

        _sums[at] += correlation;
        _squares[at] += correlation * correlation;
        _videos[at]++;
    }

    private FeatureExpansion Kept(FeatureExpansion full, double least)
    {
        double[] t = [.. Enumerable.Range(0, full.Width).Select(RootMeanSquare)];
        ImmutableArray<int> kept = [.. Enumerable.Range(0, full.Width).Where(column => t[column] >= least).Select(column => full.Columns[column])];
        return full with { Columns = kept.IsEmpty ? [full.Columns[Array.IndexOf(t, t.Max())]] : kept };
    }

    private double RootMeanSquare(int column) =>
        Math.Sqrt(Enumerable.Range(column * _curves, _curves).Average(at => TOf(_sums[at], _squares[at], _videos[at]) is var t ? t * t : 0));

    private static double TOf(double sum, double squares, int videos)
    {
        if (videos < LeastVideos)
        {
            return 0;
        }

        double mean = sum / videos;
        double variance = Math.Max(0, (squares / videos) - (mean * mean)) * videos / (videos - 1);
        return variance > 0 ? mean / Math.Sqrt(variance / videos) : 0;
    }

    private static double CorrelationOf(double[] values, double[] labels)
    {
        int count = 0;
        double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (double.IsNaN(labels[i]))
            {
                continue;
            }

            // Welford's recurrence: exact for features far from 0.
            count++;
            double dx = values[i] - x, dy = labels[i] - y;
            x += dx / count;
            y += dy / count;
            xx += dx * (values[i] - x);
            yy += dy * (labels[i] - y);
            xy += dx * (labels[i] - y);
        }

        double scale = Math.Sqrt(xx * yy);
        return count > 2 && scale > 1e-12 * count ? xy / scale : double.NaN;
    }
}
