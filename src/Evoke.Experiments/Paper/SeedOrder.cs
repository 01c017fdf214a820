using MathNet.Numerics.Distributions;

namespace Evoke.Experiments.Paper;

/// <summary>The order of rows by their mean over seeds, as far as the spread over seeds allows one.</summary>
internal static class SeedOrder
{
    private const double Level = 0.05;

    /// <summary>"a > b ≈ c", best first; ≈ stands between neighbours whose means differ by no more than seeds do.</summary>
    /// <param name="rows">The names and scores of at least two rows.</param>
    /// <returns>A text that says why if a row has a single run: its spread is unknown.</returns>
    public static string Of(IReadOnlyList<(string Name, SeedScores Scores)> rows)
    {
        string[] single = [.. rows.Where(row => row.Scores.Count < 2).Select(row => row.Name)];
        if (single.Length > 0)
        {
            return $"not ranked, because a single run says nothing about the spread over seeds ({string.Join(", ", single)})";
        }

        (string Name, SeedScores Scores)[] sorted = [.. rows.OrderByDescending(row => row.Scores.Mean)];
        return string.Concat(sorted.Select((row, i) => i == 0 ? row.Name : $" {(Differ(sorted[i - 1].Scores, row.Scores) ? '>' : '≈')} {row.Name}"));
    }

    /// <summary>True if two means differ by more than chance explains: Welch's t-test (1947), two-sided, at 5 %.</summary>
    public static bool Differ(SeedScores a, SeedScores b)
    {
        double ofA = Square(a.Deviation!.Value) / a.Count, ofB = Square(b.Deviation!.Value) / b.Count, error = ofA + ofB;
        if (error == 0)
        {
            return a.Mean != b.Mean;
        }

        double freedom = Square(error) / ((Square(ofA) / (a.Count - 1)) + (Square(ofB) / (b.Count - 1)));
        return 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(a.Mean - b.Mean) / Math.Sqrt(error)) < Level;
    }

    private static double Square(double value) => value * value;
}
