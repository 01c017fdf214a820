using Evoke.Curves.Randomness;

namespace Evoke.Curves.Metrics;

/// <summary>Scores of videos, or differences of scores, that belong to groups: the clips of one film, for example, are not independent of each other.</summary>
/// <remarks>
/// The mean is over videos. Its interval draws whole groups with replacement (percentile bootstrap, 2,000 samples), and its p flips the signs of whole
/// groups. If every video is its own group, both are the usual ones over videos. Immutable and thread-safe.
/// </remarks>
public sealed class GroupedScores
{
    private const int Samples = 2_000;

    private readonly double[] _sums;
    private readonly int[] _counts;

    private GroupedScores(double[] sums, int[] counts) => (_sums, _counts) = (sums, counts);

    /// <summary>How many videos have a score.</summary>
    public int Videos => _counts.Sum();

    /// <summary>How many groups have one.</summary>
    public int Groups => _counts.Length;

    /// <summary>The mean over videos; NaN without videos.</summary>
    public double Mean => Groups == 0 ? double.NaN : _sums.Sum() / Videos;

    /// <summary>Sorts scores into groups; a video whose score is NaN is left out.</summary>
    /// <param name="scores">One score for each video.</param>
    /// <param name="groups">The group of each video.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static GroupedScores Of(IReadOnlyList<double> scores, IReadOnlyList<string> groups)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(groups);
        if (scores.Count != groups.Count)
        {
            throw new ArgumentException($"Expected one group for each of {scores.Count} scores; found {groups.Count}.", nameof(groups));
        }

        Dictionary<string, int> places = new(StringComparer.Ordinal);
        List<double> sums = [];
        List<int> counts = [];
        for (int i = 0; i < scores.Count; i++)
        {
            if (double.IsNaN(scores[i]))
            {
                continue;
            }

            if (places.TryAdd(groups[i], sums.Count))
            {
                sums.Add(0);
                counts.Add(0);
            }

            sums[places[groups[i]]] += scores[i];
            counts[places[groups[i]]]++;
        }

        return new([.. sums], [.. counts]);
    }

    /// <summary>The 95 % bootstrap interval of the mean; null with fewer than two groups, which say nothing about others.</summary>
    public ScoreInterval? Interval(int seed = Bootstrap.Seed)
    {
        if (Groups < 2)
        {
            return null;
        }

        double[] means = new double[Samples];
        Parallel.For(0, Samples, sample =>
        {
            var random = CounterRandom.For(seed, RandomPurpose.Bootstrap, sample);
            double sum = 0;
            long count = 0;
            for (int i = 0; i < _sums.Length; i++)
            {
                int group = random.NextInt(_sums.Length);
                sum += _sums[group];
                count += _counts[group];
            }

            means[sample] = sum / count;
        });
        Array.Sort(means);
        return new(means[(int)(0.025 * (Samples - 1))], means[(int)(0.975 * (Samples - 1))]);
    }

    /// <summary>The p of a mean of 0, for differences; see <see cref="SignFlipTest"/>. Null with fewer than two groups.</summary>
    public double? P(int seed = Bootstrap.Seed) => Groups < 2 ? null : SignFlipTest.Of(_sums, seed);
}
