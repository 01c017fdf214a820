using Evoke.Curves.Randomness;

namespace Evoke.Curves.Metrics;

/// <summary>
/// Whether paired differences have the mean 0: the sign-flip permutation test (Fisher, 1935). If neither side is better, the sign of the difference of each
/// video is as likely as its opposite.
/// </summary>
/// <remarks>
/// Two-sided. The signs of all videos of a group are flipped together. With up to <see cref="MostExact"/> groups all 2^n signs are tried and p is exact;
/// with more, 9,999 are drawn and p is (1 + those at least as extreme) / 10,000, which is never too small (Phipson and Smyth, 2010).
/// Thread-safe: without state.
/// </remarks>
public static class SignFlipTest
{
    /// <summary>The most groups for which p is exact.</summary>
    public const int MostExact = 16;

    private const int Draws = 9_999;

    // Sums of the same numbers in another order differ by rounding.
    private const double Slack = 1e-12;

    /// <summary>The p of the sums of differences within each group.</summary>
    /// <param name="sums">One sum for each group, all finite.</param>
    /// <param name="seed">The seed of the draws; without effect if p is exact.</param>
    /// <returns>p in (0, 1]; 1 without groups.</returns>
    public static double Of(ReadOnlySpan<double> sums, int seed)
    {
        double[] groups = sums.ToArray();
        double least = Math.Abs(groups.Sum()) - (Slack * groups.Sum(Math.Abs));
        return groups.Length <= MostExact ? Exact(groups, least) : Drawn(groups, least, seed);
    }

    /// <summary>The smallest p that a number of groups can give.</summary>
    public static double SmallestOf(int groups) => groups == 0 ? 1 : groups <= MostExact ? Math.Pow(2, 1 - groups) : 1.0 / (Draws + 1);

    // The sign of the first group stays: the other half is the mirror image.
    private static double Exact(double[] sums, double least)
    {
        if (sums.Length == 0)
        {
            return 1;
        }

        int all = 1 << (sums.Length - 1), extreme = 0;
        for (int signs = 0; signs < all; signs++)
        {
            double sum = sums[0];
            for (int i = 1; i < sums.Length; i++)
            {
                sum += ((signs >> (i - 1)) & 1) == 0 ? sums[i] : -sums[i];
            }

            extreme += Math.Abs(sum) >= least ? 1 : 0;
        }

        return (double)extreme / all;
    }

    private static double Drawn(double[] sums, double least, int seed)
    {
        int extreme = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            var random = CounterRandom.For(seed, RandomPurpose.SignFlips, draw);
            double sum = 0;
            ulong bits = 0;
            for (int i = 0; i < sums.Length; i++)
            {
                bits = i % 64 == 0 ? random.NextBits() : bits >> 1;
                sum += (bits & 1) == 0 ? sums[i] : -sums[i];
            }

            extreme += Math.Abs(sum) >= least ? 1 : 0;
        }

        return (1.0 + extreme) / (Draws + 1);
    }
}
