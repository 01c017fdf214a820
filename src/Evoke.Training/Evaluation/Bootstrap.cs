using Evoke.Curves.Randomness;

namespace Evoke.Training.Evaluation;

/// <summary>How far a mean over videos would move, were other videos drawn (percentile bootstrap, Efron 1979).</summary>
internal static class Bootstrap
{
    private const int Samples = 2_000;

    /// <summary>Every interval of one program is of the same draws.</summary>
    public const int Seed = 1;

    /// <summary>The 95 % interval of the mean; the same values and seed give the same interval.</summary>
    public static ScoreInterval Of(double[] values, int seed)
    {
        if (values.Length == 0)
        {
            return new(0, 0);
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
        return new(means[(int)(0.025 * (Samples - 1))], means[(int)(0.975 * (Samples - 1))]);
    }
}
