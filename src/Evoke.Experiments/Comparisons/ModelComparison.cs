using System.Collections.Immutable;
using Evoke.Curves.Metrics;

namespace Evoke.Experiments.Comparisons;

/// <summary>Two models, compared on the same videos.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="A">The first.</param>
/// <param name="B">The second: differences are its scores minus those of the first.</param>
/// <param name="All">On the mean over curves of each video: one test.</param>
/// <param name="Curves">On each curve that has labels, corrected for their number.</param>
public sealed record ModelComparison(string A, string B, PairedDifference All, ImmutableArray<PairedDifference> Curves)
{
    /// <summary>Compares the scores of two models.</summary>
    /// <param name="a">The name of the first.</param>
    /// <param name="ofA">Its scores.</param>
    /// <param name="b">The name of the second.</param>
    /// <param name="ofB">Its scores of the same videos.</param>
    /// <param name="groups">The group of each video.</param>
    /// <param name="kind">Which score.</param>
    /// <param name="seed">The seed of the bootstrap and of the permutations.</param>
    /// <exception cref="ArgumentException">The tables cover different videos.</exception>
    public static ModelComparison Of(string a, ScoreTable ofA, string b, ScoreTable ofB, IReadOnlyList<string> groups, ScoreKind kind, int seed)
    {
        ArgumentNullException.ThrowIfNull(ofA);
        ArgumentNullException.ThrowIfNull(ofB);
        if (!ofA.Videos.Select(video => video.VideoId).SequenceEqual(ofB.Videos.Select(video => video.VideoId), StringComparer.Ordinal))
        {
            throw new ArgumentException("Both tables must cover the same videos in the same order.", nameof(ofB));
        }

        int[] labelled = [.. Enumerable.Range(0, ofA.Scheme.Count).Where(curve => ofA.Videos.Any(video => video.Curves[curve] is not null))];
        PairedDifference[] curves =
        [
            .. labelled.Select(
                curve => Compare(Scores(ofA, video => video.Of(kind, curve)), Scores(ofB, video => video.Of(kind, curve)), groups, seed)
                    with { Curve = ofA.Scheme.Names[curve] }),
        ];
        double[] corrected = HolmCorrection.Of([.. curves.Select(curve => curve.P ?? double.NaN)]);
        return new(
            a,
            b,
            Compare(Scores(ofA, video => video.MeanOf(kind)), Scores(ofB, video => video.MeanOf(kind)), groups, seed),
            [.. curves.Select((curve, i) => curve with { HolmP = double.IsNaN(corrected[i]) ? null : corrected[i] })]);
    }

    private static double[] Scores(ScoreTable table, Func<VideoCurveScores, double> score) => [.. table.Videos.Select(score)];

    private static PairedDifference Compare(double[] a, double[] b, IReadOnlyList<string> groups, int seed)
    {
        var differences = GroupedScores.Of([.. b.Zip(a, (second, first) => second - first)], groups);
        return new()
        {
            A = GroupedScores.Of(a, groups).Mean,
            B = GroupedScores.Of(b, groups).Mean,
            Difference = differences.Mean,
            Interval = differences.Interval(seed),
            P = differences.P(seed),
            Videos = differences.Videos,
            Groups = differences.Groups,
        };
    }
}
