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

    /// <summary>Aligns two sequences. Time and memory grow with the product of their lengths; memory is one byte per cell.</summary>
    /// <param name="first">Row-major [T1, <paramref name="width"/>], T1 at least 1.</param>
    /// <param name="second">Row-major [T2, <paramref name="width"/>], T2 at least 1.</param>
    /// <param name="width">Numbers per row: at least 1. The rows should be on one scale, for example standardised.</param>
    /// <exception cref="ArgumentException">A sequence is empty or not a whole number of rows.</exception>
    public static Alignment Align(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
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
                (double best, byte step) = (i, j) switch
                {
                    (0, 0) => (0.0, Diagonal),
                    (0, _) => (current[j - 1], SecondOnly),
                    (_, 0) => (above[0], FirstOnly),
                    _ => Cheapest(above[j - 1], above[j], current[j - 1]),
                };
                current[j] = best + cost;
                steps[((long)i * columns) + j] = step;
            }

            (above, current) = (current, above);
        }

        ImmutableArray<StepPair> path = Trace(steps, rows, columns);
        return new Alignment(path, NearestSecond(path, first, second, width), above[columns - 1] / path.Length);
    }

    /// <summary>The steps of the first sequence that have no counterpart in the second.</summary>
    /// <remarks>
    /// A path has to pair every step, so what the second sequence lacks is paired with the step beside the gap. Of a run of steps with one and the same
    /// counterpart, only the nearest really has it; a run of two is a slower scene, not a gap.
    /// </remarks>
    /// <param name="alignment">The alignment of the two.</param>
    /// <param name="first">As for <see cref="Align"/>.</param>
    /// <param name="second">As for <see cref="Align"/>.</param>
    /// <param name="width">As for <see cref="Align"/>.</param>
    /// <returns>For each step of the first sequence, true if it is missing in the second.</returns>
    public static ImmutableArray<bool> MissingInSecond(Alignment alignment, ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width)
    {
        ArgumentNullException.ThrowIfNull(alignment);
        ImmutableArray<int> counterparts = alignment.SecondForFirst;
        bool[] missing = new bool[counterparts.Length];
        for (int start = 0, end; start < missing.Length; start = end)
        {
            int nearest = start;
            double least = double.PositiveInfinity;
            for (end = start; end < missing.Length && counterparts[end] == counterparts[start]; end++)
            {
                double cost = Distance(first.Slice(end * width, width), second.Slice(counterparts[end] * width, width));
                (nearest, least) = cost < least ? (end, cost) : (nearest, least);
            }

            if (end - start >= ShortestRun)
            {
                missing.AsSpan(start, end - start).Fill(true);
                missing[nearest] = false;
            }
        }

        return [.. missing];
    }

    private static ImmutableArray<int> NearestSecond(ImmutableArray<StepPair> path, ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width)
    {
        int[] nearest = new int[path[^1].First + 1];
        double[] costs = new double[nearest.Length];
        Array.Fill(costs, double.PositiveInfinity);
        foreach ((int i, int j) in path)
        {
            double cost = Distance(first.Slice(i * width, width), second.Slice(j * width, width));
            if (cost < costs[i])
            {
                (costs[i], nearest[i]) = (cost, j);
            }
        }

        return [.. nearest];
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
