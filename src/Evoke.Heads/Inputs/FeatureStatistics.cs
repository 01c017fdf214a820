namespace Evoke.Heads.Inputs;

/// <summary>Mean and standard deviation of each feature of one modality over a training set.</summary>
/// <remarks>
/// Both arrays are as long as the features are wide; do not write to them.
/// Immutable, and thread-safe as long as nobody writes to its arrays.
/// </remarks>
public sealed record FeatureStatistics
{
    /// <summary>Wraps known values.</summary>
    /// <param name="mean">The mean of each feature.</param>
    /// <param name="standardDeviation">The population standard deviation of each feature, 0 or more.</param>
    /// <exception cref="ArgumentException">The arrays are of different lengths, or a value is not finite, or a standard deviation is negative.</exception>
    public FeatureStatistics(float[] mean, float[] standardDeviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(standardDeviation);
        if (mean.Length != standardDeviation.Length)
        {
            throw new ArgumentException(
                $"Expected as many means as standard deviations; found {mean.Length} and {standardDeviation.Length}.", nameof(standardDeviation));
        }

        int bad = Array.FindIndex(mean, value => !float.IsFinite(value));
        bad = bad >= 0 ? bad : Array.FindIndex(standardDeviation, value => !(float.IsFinite(value) && value >= 0));
        if (bad >= 0)
        {
            throw new ArgumentException(
                $"Feature {bad} has mean {mean[bad]} and standard deviation {standardDeviation[bad]}; expected finite numbers, the latter 0 or more.",
                nameof(mean));
        }

        Mean = mean;
        StandardDeviation = standardDeviation;
    }

    /// <summary>The mean of each feature.</summary>
    public float[] Mean { get; }

    /// <summary>The population standard deviation of each feature.</summary>
    public float[] StandardDeviation { get; }

    /// <summary>How many features there are.</summary>
    public int Width => Mean.Length;
}
