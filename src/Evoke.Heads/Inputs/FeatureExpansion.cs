using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Evoke.Features;

namespace Evoke.Heads.Inputs;

/// <summary>How the features of one modality become more or fewer numbers per step before they are normalised: moving averages over several windows, of which
/// some are kept. Model files carry it, so that prediction does what training did. Immutable and thread-safe.</summary>
public sealed record FeatureExpansion
{
    private const double LeastDeviation = 1e-6;

    /// <summary>Numbers per step that the encoder gives, at least 1.</summary>
    public required int FeatureWidth { get; init; }

    /// <summary>Lengths in seconds of the windows that features are averaged over, around each step; at the ends of a video they are cut off. A window
    /// shorter than three steps is the step itself. At least one.</summary>
    public required ImmutableArray<int> Scales { get; init; }

    /// <summary>The numbers that are kept, in order: number i is feature i modulo <see cref="FeatureWidth"/>, averaged over the window i / width.</summary>
    public required ImmutableArray<int> Columns { get; init; }

    /// <summary>True to subtract from each number its mean over the video: only changes within the video are left.</summary>
    public bool Centre { get; init; }

    /// <summary>True to divide each number by its standard deviation over the video too, so that videos with large and small changes count alike. A number that
    /// does not change in the video is 0. Needs <see cref="Centre"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Standardise { get; init; }

    /// <summary>Numbers per step afterwards.</summary>
    [JsonIgnore]
    public int Width => Columns.Length;

    /// <summary>Every number of every window.</summary>
    /// <param name="featureWidth">Numbers per step that the encoder gives, at least 1.</param>
    /// <param name="scales">See <see cref="Scales"/>.</param>
    /// <param name="centre">See <see cref="Centre"/>.</param>
    public static FeatureExpansion Full(int featureWidth, IReadOnlyList<int> scales, bool centre)
    {
        ArgumentNullException.ThrowIfNull(scales);
        return new FeatureExpansion
        {
            FeatureWidth = featureWidth,
            Scales = [.. scales],
            Columns = [.. Enumerable.Range(0, featureWidth * scales.Count)],
            Centre = centre,
        };
    }

    /// <summary>Computes the numbers of a video.</summary>
    /// <param name="features">[steps, <see cref="FeatureWidth"/>], at any rate.</param>
    /// <returns>[steps, <see cref="Width"/>] at the same rate, of the same encoder.</returns>
    /// <exception cref="ArgumentException">The features are of another width.</exception>
    public FeatureSequence Apply(FeatureSequence features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Width != FeatureWidth)
        {
            throw new ArgumentException($"Expected {FeatureWidth} features per step; found {features.Width}.", nameof(features));
        }

        float[] values = new float[features.Steps * Width];
        double[] sums = new double[features.Steps + 1]; // of the feature over the steps before
        for (int column = 0; column < Width; column++)
        {
            int feature = Columns[column] % FeatureWidth;
            for (int step = 0; step < features.Steps; step++)
            {
                sums[step + 1] = sums[step] + features.Values[(step * FeatureWidth) + feature];
            }

            Average(sums, (int)(Scales[Columns[column] / FeatureWidth] * features.Rate.Hertz / 2), values, column);
        }

        return features with { Width = Width, Values = values };
    }

    /// <summary>All mistakes; empty if there are none.</summary>
    /// <param name="modality">"visual" or "audio", for messages.</param>
    public IEnumerable<string> FindMistakes(string modality)
    {
        if (FeatureWidth < 1 || Scales.IsDefaultOrEmpty || Columns.IsDefaultOrEmpty || Scales.Any(scale => scale < 0))
        {
            return [$"the expansion of the {modality} features must have features, scales of 0 s or more, and columns"];
        }

        if (Standardise && !Centre)
        {
            return [$"the expansion of the {modality} features standardises what it does not centre"];
        }

        long numbers = (long)FeatureWidth * Scales.Length;
        return Columns.Where(column => column < 0 || column >= numbers).Take(1)
            .Select(column => $"the expansion of the {modality} features has the numbers 0 to {numbers - 1}; found column {column}");
    }

    /// <inheritdoc/>
    public bool Equals(FeatureExpansion? other) => other is not null
        && FeatureWidth == other.FeatureWidth && Centre == other.Centre && Standardise == other.Standardise
        && Scales.SequenceEqual(other.Scales) && Columns.SequenceEqual(other.Columns);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(FeatureWidth, Scales.Length, Columns.Length, Centre, Standardise);

    private void Average(double[] sums, int half, float[] values, int column)
    {
        int steps = sums.Length - 1;
        double mean = 0, squares = 0;
        for (int step = 0; step < steps; step++)
        {
            int first = Math.Max(0, step - half), end = Math.Min(steps, step + half + 1);
            double average = (sums[end] - sums[first]) / (end - first);
            values[(step * Width) + column] = (float)average;
            mean += average / steps;
            squares += average * average / steps;
        }

        // Below a millionth of the number itself, a deviation is rounding.
        double deviation = Math.Sqrt(Math.Max(0, squares - (mean * mean)));
        double constant = LeastDeviation * Math.Sqrt(squares), scale = !Standardise ? 1 : deviation > constant ? 1 / deviation : 0;
        for (int step = 0; Centre && step < steps; step++)
        {
            values[(step * Width) + column] = (float)((values[(step * Width) + column] - mean) * scale);
        }
    }
}
