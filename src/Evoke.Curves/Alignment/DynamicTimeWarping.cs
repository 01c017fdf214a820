using System.Collections.Immutable;

namespace Evoke.Curves.Alignment;

/// <summary>A pair of matched steps, one from each sequence.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="First">Step of the first sequence.</param>
/// <param name="Second">Step of the second sequence.</param>
public readonly record struct StepPair(int First, int Second);

/// <summary>Which steps of two sequences match, and how well.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Path">Pairs from (0, 0) to the last steps; each pair advances one sequence or both by one step.</param>
/// <param name="SecondForFirst">For each step of the first sequence the matching step of the second; of several, the one with the nearest row.</param>
/// <param name="MeanCost">Mean Euclidean distance of the paired rows.</param>
public sealed record Alignment(ImmutableArray<StepPair> Path, ImmutableArray<int> SecondForFirst, double MeanCost);

/// <summary>Aligns two sequences of rows by their content (Sakoe and Chiba, IEEE Trans. ASSP 26(1), 1978): the cheapest monotone path of pairs.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class DynamicTimeWarping
{
    private const byte Diagonal = 0;
    private const byte FirstOnly = 1;
    private const byte SecondOnly = 2;
    private const int ShortestRun = 3;
    private const int MostSampled = 64;

    /// <summary>Aligns two sequences. Time and memory grow with the product of their lengths; memory is one byte per cell.</summary>
    /// <param name="first">Row-major [T1, <paramref name="width"/>], T1 at least 1.</param>
    /// <param name="second">Row-major [T2, <paramref name="width"/>], T2 at least 1.</param>
    /// <param name="width">Numbers per row: at least 1. The rows should be on one scale, for example standardised.</param>
    /// <exception cref="ArgumentException">A sequence is empty or not a whole number of rows.</exception>
    public static Alignment Align(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width) =>
        Align(first, second, width, warpingCost: 0, gapCost: double.PositiveInfinity);

    /// <summary>Aligns two sequences of which each may lack a part of the other.</summary>
    /// <remarks>
    /// Within a scene that hardly changes, the rows differ by noise alone; the cheapest path then wanders: it holds one sequence and later the other. A small
    /// <paramref name="warpingCost"/> keeps it on the diagonal there. What only one sequence has is unlike everything in the other; with a
    /// <paramref name="gapCost"/> it is passed over where it stands. <see cref="UsualDistance"/> gives a scale for both.
    /// </remarks>
    /// <param name="first">Row-major [T1, <paramref name="width"/>], T1 at least 1.</param>
    /// <param name="second">Row-major [T2, <paramref name="width"/>], T2 at least 1.</param>
    /// <param name="width">Numbers per row: at least 1. The rows should be on one scale, for example standardised.</param>
    /// <param name="warpingCost">What a step that advances one sequence only costs besides the distance of its rows: at least 0, in units of that distance.
    /// Not part of <see cref="Alignment.MeanCost"/>.</param>
    /// <param name="gapCost">The most that a step may cost that advances one sequence only: at least 0, in units of the distance of two rows; infinity for no
    /// limit.</param>
    /// <exception cref="ArgumentException">A sequence is empty or not a whole number of rows.</exception>
    public static Alignment Align(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width, double warpingCost, double gapCost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ThrowUnlessCost(warpingCost, nameof(warpingCost));
        ThrowUnlessCost(gapCost, nameof(gapCost));
        int rows = Rows(first.Length, width, nameof(first));
        int columns = Rows(second.Length, width, nameof(second));
        byte[] steps = new byte[(long)rows * columns];
        double[] above = new double[columns];
        double[] current = new double[columns];
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> a = first.Slice(i * width, width);
            for (int j = 0; j < columns; j++)
            {
                double cost = Distance(a, second.Slice(j * width, width));
                double alone = Math.Min(cost + warpingCost, gapCost);
                (current[j], byte step) = (i, j) switch
                {
                    (0, 0) => (cost, Diagonal),
                    (0, _) => (current[j - 1] + alone, SecondOnly),
                    (_, 0) => (above[0] + alone, FirstOnly),
                    _ => Cheapest(above[j - 1] + cost, above[j] + alone, current[j - 1] + alone),
                };
                steps[((long)i * columns) + j] = step;
            }

            (above, current) = (current, above);
        }

        return Measured(Trace(steps, rows, columns), first, second, width);
    }

    /// <summary>How far a row of one sequence is from a row of the other on average: over at most 64 by 64 pairs, spread evenly.</summary>
    /// <param name="first">As for <see cref="Align(ReadOnlySpan{float}, ReadOnlySpan{float}, int)"/>.</param>
    /// <param name="second">As for <see cref="Align(ReadOnlySpan{float}, ReadOnlySpan{float}, int)"/>.</param>
    /// <param name="width">As for <see cref="Align(ReadOnlySpan{float}, ReadOnlySpan{float}, int)"/>.</param>
    /// <returns>The mean Euclidean distance of the pairs.</returns>
    /// <exception cref="ArgumentException">A sequence is empty or not a whole number of rows.</exception>
    public static double UsualDistance(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        int rows = Rows(first.Length, width, nameof(first));
        int columns = Rows(second.Length, width, nameof(second));
        (int down, int across) = (Math.Min(rows, MostSampled), Math.Min(columns, MostSampled));
        double sum = 0;
        for (int i = 0; i < down; i++)
        {
            ReadOnlySpan<float> row = first.Slice((int)((long)i * rows / down) * width, width);
            for (int j = 0; j < across; j++)
            {
                sum += Distance(row, second.Slice((int)((long)j * columns / across) * width, width));
            }
        }

        return sum / (down * across);
    }

    /// <summary>The steps of the first sequence that have no counterpart in the second.</summary>
    /// <remarks>
    /// A path has to pair every step, so what the second sequence lacks is paired with the step beside the gap. Of a run of steps with one and the same
    /// counterpart, only the nearest really has it. A run of two is a slower scene, not a gap. A step that is unlike its counterpart, further from it than half
    /// of the <see cref="UsualDistance"/>, is missing if the path passes over it.
    /// </remarks>
    /// <param name="alignment">The alignment of the two.</param>
    /// <param name="first">As for <see cref="Align(ReadOnlySpan{float}, ReadOnlySpan{float}, int)"/>.</param>
    /// <param name="second">As for <see cref="Align(ReadOnlySpan{float}, ReadOnlySpan{float}, int)"/>.</param>
    /// <param name="width">As for <see cref="Align(ReadOnlySpan{float}, ReadOnlySpan{float}, int)"/>.</param>
    /// <returns>For each step of the first sequence, true if it is missing in the second.</returns>
    public static ImmutableArray<bool> MissingInSecond(Alignment alignment, ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width)
    {
        ArgumentNullException.ThrowIfNull(alignment);
        ImmutableArray<int> counterparts = alignment.SecondForFirst;
        bool[] missing = new bool[counterparts.Length];
        double[] distances = new double[counterparts.Length];
        for (int step = 0; step < distances.Length; step++)
        {
            distances[step] = Distance(first.Slice(step * width, width), second.Slice(counterparts[step] * width, width));
        }

        double unlike = UsualDistance(first, second, width) / 2;
        bool[] passedOver = PassedOver(alignment.Path, counterparts.Length);
        for (int start = 0, end; start < missing.Length; start = end)
        {
            (int nearest, int alike) = (start, 0);
            for (end = start; end < missing.Length && counterparts[end] == counterparts[start]; end++)
            {
                nearest = distances[end] < distances[nearest] ? end : nearest;
                alike += distances[end] > unlike ? 0 : 1;
            }

            for (int step = start; step < end; step++)
            {
                missing[step] = distances[step] > unlike ? step != nearest || passedOver[step] : step != nearest && alike >= ShortestRun;
            }
        }

        return [.. missing];
    }

    // The steps of the first sequence that the path reaches without advancing the second.
    private static bool[] PassedOver(ImmutableArray<StepPair> path, int steps)
    {
        bool[] over = new bool[steps];
        for (int at = 1; at < path.Length; at++)
        {
            over[path[at].First] |= path[at].First != path[at - 1].First && path[at].Second == path[at - 1].Second;
        }

        return over;
    }

    private static void ThrowUnlessCost(double cost, string name)
    {
        if (!(cost >= 0))
        {
            throw new ArgumentOutOfRangeException(name, cost, "A cost must be a number of at least 0.");
        }
    }

    private static Alignment Measured(ImmutableArray<StepPair> path, ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width)
    {
        int[] nearest = new int[path[^1].First + 1];
        double[] costs = new double[nearest.Length];
        Array.Fill(costs, double.PositiveInfinity);
        double sum = 0;
        foreach ((int i, int j) in path)
        {
            double cost = Distance(first.Slice(i * width, width), second.Slice(j * width, width));
            sum += cost;
            if (cost < costs[i])
            {
                (costs[i], nearest[i]) = (cost, j);
            }
        }

        return new Alignment(path, [.. nearest], sum / path.Length);
    }

    // The diagonal wins ties, so that equal sequences align step by step.
    private static (double Cost, byte Step) Cheapest(double diagonal, double firstOnly, double secondOnly)
    {
        if (diagonal <= firstOnly && diagonal <= secondOnly)
        {
            return (diagonal, Diagonal);
        }

        return firstOnly <= secondOnly ? (firstOnly, FirstOnly) : (secondOnly, SecondOnly);
    }

    private static ImmutableArray<StepPair> Trace(byte[] steps, int rows, int columns)
    {
        List<StepPair> path = new(rows + columns);
        int i = rows - 1;
        int j = columns - 1;
        path.Add(new StepPair(i, j));
        while (i > 0 || j > 0)
        {
            byte step = steps[((long)i * columns) + j];
            i -= step == SecondOnly ? 0 : 1;
            j -= step == FirstOnly ? 0 : 1;
            path.Add(new StepPair(i, j));
        }

        path.Reverse();
        return [.. path];
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        System.Numerics.Vector<float> sums = default;
        int lanes = System.Numerics.Vector<float>.Count;
        int k = 0;
        for (; k <= a.Length - lanes; k += lanes)
        {
            System.Numerics.Vector<float> difference = new System.Numerics.Vector<float>(a[k..]) - new System.Numerics.Vector<float>(b[k..]);
            sums += difference * difference;
        }

        double sum = System.Numerics.Vector.Sum(sums);
        for (; k < a.Length; k++)
        {
            double difference = a[k] - b[k];
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }

    private static int Rows(int length, int width, string name)
    {
        if (length == 0 || length % width != 0)
        {
            throw new ArgumentException($"A sequence of rows of {width} numbers must hold a positive multiple of {width} numbers; found {length}.", name);
        }

        return length / width;
    }
}
