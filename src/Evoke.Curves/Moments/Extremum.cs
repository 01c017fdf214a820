namespace Evoke.Curves;

/// <summary>A local maximum of a curve: a run of equal values that is higher than what is on both sides of it.</summary>
/// <param name="First">First step of the run.</param>
/// <param name="Last">Last step of the run.</param>
/// <param name="Prominence">
/// Topographic prominence: value less the higher of the two saddles that lead to higher ground; an end of the curve leads nowhere.
/// The highest of all has no higher ground: its prominence is the curve's whole range. Of equal heights the earlier counts as higher.
/// </param>
internal readonly record struct Extremum(int First, int Last, float Prominence)
{
    /// <summary>All local maxima in order of time; none for a constant curve.</summary>
    public static List<Extremum> Maxima(ReadOnlySpan<float> curve)
    {
        List<Run> runs = Runs(curve);
        if (runs.Count < 2)
        {
            return [];
        }

        float[] before = Saddles(runs, fromEnd: false);
        float[] after = Saddles(runs, fromEnd: true);
        float lowest = runs.Min(run => run.Value);
        List<Extremum> maxima = [];
        for (int i = 0; i < runs.Count; i++)
        {
            bool risesInto = i == 0 || runs[i - 1].Value < runs[i].Value;
            bool fallsAfter = i == runs.Count - 1 || runs[i + 1].Value < runs[i].Value;
            if (risesInto && fallsAfter)
            {
                float saddle = Math.Max(Math.Max(before[i], after[i]), lowest);
                maxima.Add(new Extremum(runs[i].First, runs[i].Last, runs[i].Value - saddle));
            }
        }

        return maxima;
    }

    private static List<Run> Runs(ReadOnlySpan<float> curve)
    {
        List<Run> runs = [];
        for (int step = 0; step < curve.Length; step++)
        {
            if (runs.Count > 0 && runs[^1].Value.Equals(curve[step]))
            {
                runs[^1] = runs[^1] with { Last = step };
            }
            else
            {
                runs.Add(new Run(curve[step], step, step));
            }
        }

        return runs;
    }

    /// <summary>For each run the lowest value on the way to the nearest higher run on one side; negative infinity where that side has none.</summary>
    private static float[] Saddles(List<Run> runs, bool fromEnd)
    {
        float[] saddles = new float[runs.Count];
        Stack<(float Value, float LowestSinceHigher)> higher = new();
        for (int k = 0; k < runs.Count; k++)
        {
            int i = fromEnd ? runs.Count - 1 - k : k;
            float value = runs[i].Value;
            float lowest = value;
            while (higher.TryPeek(out (float Value, float LowestSinceHigher) top) && (fromEnd ? top.Value <= value : top.Value < value))
            {
                lowest = Math.Min(lowest, top.LowestSinceHigher);
                higher.Pop();
            }

            saddles[i] = higher.Count == 0 ? float.NegativeInfinity : lowest;
            higher.Push((value, lowest));
        }

        return saddles;
    }

    private readonly record struct Run(float Value, int First, int Last);
}
