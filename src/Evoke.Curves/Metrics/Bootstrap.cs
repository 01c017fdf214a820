using Evoke.Curves.Randomness;

namespace Evoke.Curves.Metrics;

/// <summary>Bootstrap intervals of means over videos (percentile bootstrap with 2,000 samples, Efron 1979).</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class Bootstrap
{
    private const int Samples = 2_000;

    /// <summary>The default seed, so that all intervals use the same samples.</summary>
    public const int Seed = 1;

    /// <summary>The 95 % bootstrap interval of the mean; the same values and seed give the same interval. Null for fewer than two values: one video says
    /// nothing about others.</summary>
    public static ScoreInterval? Of(double[] values, int seed)
    {
        if (values.Length < 2)
        {
            return null;
        }

        double[] means = new double[Samples];
        Parallel.For(0, Samples, sample =>
        {
            var random = CounterRandom.For(seed, RandomPurpose.Bootstrap, sample);
            double sum = 0;
            for (int i = 0; i < values.Length; i++)
            {
                sum += values[random.NextInt(values.Length)];
            }

            means[sample] = sum / values.Length;
        });
        Array.Sort(means);
        return new ScoreInterval(means[(int)(0.025 * (Samples - 1))], means[(int)(0.975 * (Samples - 1))]);
    }
}
