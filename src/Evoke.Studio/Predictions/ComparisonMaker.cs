using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Alignment;
using Evoke.Curves.Interpolation;
using Evoke.Studio.Errors;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>Maps one cut onto another's time axis.</summary>
internal sealed class ComparisonMaker
{
    // Parts of the distance between two moments of the cuts taken at random: leaving the pace costs more than the noise of a still scene can gain, and passing
    // over a moment costs less than pairing it with an unlike one.
    private const double WarpingCost = 0.1;
    private const double GapCost = 0.5;

    private readonly FeatureShelf _features;

    /// <summary>Aligns by content with features from <paramref name="features"/>.</summary>
    public ComparisonMaker(FeatureShelf features) => _features = features;

    /// <summary>Compares two results from the same model.</summary>
    /// <exception cref="StudioRequestException">The alignment is neither time nor content (400), or the results have different schemes or rates
    /// (409).</exception>
    public ComparisonView Make(ResultRecord first, ResultRecord second, string align)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (!first.ToScheme().Equals(second.ToScheme()) || first.Rate != second.Rate)
        {
            throw new StudioRequestException(StatusCodes.Status409Conflict,
                $"The two results from '{first.Model}' come from different versions of the model. Analyse both videos again.");
        }

        float?[] secondSeconds = align switch
        {
            "time" => [.. Enumerable.Range(0, first.Rows).Select(row => row < second.Rows ? (float)(row / first.Rate.Hertz) : (float?)null)],
            "content" => ByContent(first, second),
            _ => throw new StudioRequestException(StatusCodes.Status400BadRequest, $"align must be time or content; found '{align}'."),
        };
        ImmutableArray<ImmutableArray<float?>> difference =
            [.. Enumerable.Range(0, first.Scheme.Length).Select(emotion => Difference(first, second, emotion, secondSeconds))];
        return new ComparisonView(
            first.VideoId, second.VideoId, first.Model, align, first.Scheme, first.Rate, [.. secondSeconds], difference,
            [.. difference.Select(column => column.Average())]);
    }

    // NaN, and then null, where the second cut has no counterpart.
    private float?[] ByContent(ResultRecord first, ResultRecord second)
    {
        (float[] a, float[] b, int width, Rate rate) = _features.Comparable(first, second);
        double usual = DynamicTimeWarping.UsualDistance(a, b, width);
        Alignment alignment = DynamicTimeWarping.Align(a, b, width, WarpingCost * usual, GapCost * usual);
        ImmutableArray<bool> missing = DynamicTimeWarping.MissingInSecond(alignment, a, b, width);
        float[] sparse = [.. alignment.SecondForFirst.Select((step, i) => missing[i] ? float.NaN : (float)(step / rate.Hertz))];
        float[] dense = new float[first.Rows];
        SparseToDense.Interpolate<float>(sparse, 1, rate, dense, first.Rate);
        return [.. dense.Select(seconds => float.IsNaN(seconds) ? (float?)null : seconds)];
    }

    private static ImmutableArray<float?> Difference(ResultRecord first, ResultRecord second, int emotion, float?[] secondSeconds)
    {
        int width = first.Scheme.Length;
        float At(ResultRecord result, double row)
        {
            int k = Math.Clamp((int)row, 0, result.Rows - 1);
            int next = Math.Min(k + 1, result.Rows - 1);
            float rest = (float)Math.Clamp(row - k, 0, 1);
            return (result.Curves[(k * width) + emotion] * (1 - rest)) + (result.Curves[(next * width) + emotion] * rest);
        }

        return [.. secondSeconds.Select((seconds, row) => seconds is float there ? At(second, there * second.Rate.Hertz) - At(first, row) : (float?)null)];
    }
}
