using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Randomness;
using Evoke.Media.Synthesis;

namespace Evoke.Datasets.Demo;

/// <summary>
/// The labels of a generated film: known functions of picture and sound, with inertia, noise at 1 Hz and gaps without a face.
/// </summary>
internal static class DemoLabels
{
    /// <summary>Rows per second (Hz).</summary>
    public static Rate Rate { get; } = EevCsv.DefaultRate;

    // How long a change of scene has an effect.
    private const double StartleSeconds = 1;

    // Amplitude of the noise as a share of the range.
    private const double NoiseShare = 0.06;

    // A detected face never has all zeros, so that a row of zeros is always a gap.
    private const double LeastShare = 0.01;
    private const int Decimals = 6;

    // On average a gap every 70 s, 3 to 30 s long.
    private const double GapsPerSecond = 1 / 70.0;
    private const double ShortestGap = 3;
    private const double LongestGap = 30;
    private const double GapsOfFilmAtMost = 0.4;

    /// <summary>The curves of a film without noise and gaps: what could be predicted from the film alone.</summary>
    public static EmotionCurves Feelings(SyntheticFilm film)
    {
        ArgumentNullException.ThrowIfNull(film);
        ImmutableArray<SyntheticScene> scenes = film.Scenes;
        Stimulus[] stimuli = [.. scenes.Select(Stimulus.Of)];
        TimeGrid grid = TimeGrid.ForDuration(scenes.Sum(scene => scene.Seconds), Rate);
        int emotions = DemoFeeling.All.Length;
        float[] values = new float[grid.Count * emotions];
        double[] state = new double[emotions];
        int at = 0;
        double start = 0;
        for (int step = 0; step < grid.Count; step++)
        {
            double seconds = grid.SecondsAt(step);
            while (at + 1 < scenes.Length && seconds >= start + scenes[at].Seconds - 1e-9)
            {
                start += scenes[at].Seconds;
                at++;
            }

            bool startled = at > 0 && seconds - start < StartleSeconds;
            double change = startled ? stimuli[at - 1].ChangeTo(stimuli[at]) : 0;
            double loss = startled ? stimuli[at - 1].LossTo(stimuli[at]) : 0;
            for (int emotion = 0; emotion < emotions; emotion++)
            {
                DemoFeeling feeling = DemoFeeling.All[emotion];
                double goal = Math.Clamp(feeling.Drive(stimuli[at], change, loss), 0, 1);
                double constant = goal > state[emotion] ? feeling.RiseSeconds : feeling.FadeSeconds;

                // The film starts in the steady state of its first scene, so that its beginning is like any other moment.
                state[emotion] = step == 0 ? goal : goal + ((state[emotion] - goal) * Math.Exp(-1 / (Rate.Hertz * constant)));
                values[(step * emotions) + emotion] = (float)(state[emotion] * feeling.Most);
            }
        }

        return new EmotionCurves(DemoFeeling.Scheme, grid, values);
    }

    /// <summary>The labels of a film: curves with noise and gaps.</summary>
    public static EmotionCurves Draw(ref CounterRandom random, SyntheticFilm film)
    {
        EmotionCurves feelings = Feelings(film);
        float[] values = feelings.Values.ToArray();
        AddNoise(ref random, feelings.Grid, values);
        CutGaps(ref random, feelings.Grid, values);
        return new EmotionCurves(feelings.Scheme, feelings.Grid, values);
    }

    // A new number each second and straight lines between them: noise at 1 Hz, as EEV's faces give it.
    private static void AddNoise(ref CounterRandom random, TimeGrid grid, float[] values)
    {
        int emotions = DemoFeeling.All.Length;
        double[] from = new double[emotions], to = new double[emotions];
        Fill(ref random, to);
        int perSecond = (int)Rate.Hertz;
        for (int step = 0; step < grid.Count; step++)
        {
            if (step % perSecond == 0)
            {
                to.CopyTo(from, 0);
                Fill(ref random, to);
            }

            double share = step % perSecond / (double)perSecond;
            for (int emotion = 0; emotion < emotions; emotion++)
            {
                double most = DemoFeeling.All[emotion].Most;
                double noise = from[emotion] + ((to[emotion] - from[emotion]) * share);
                double value = values[(step * emotions) + emotion] + (noise * NoiseShare * most);
                values[(step * emotions) + emotion] = (float)Math.Round(Math.Clamp(value, LeastShare * most, most), Decimals);
            }
        }
    }

    // Nearly normal: the sum of three uniform numbers, of variance 1.
    private static void Fill(ref CounterRandom random, double[] noise)
    {
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = 2 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
        }
    }

    private static void CutGaps(ref CounterRandom random, TimeGrid grid, float[] values)
    {
        int emotions = DemoFeeling.All.Length;
        double seconds = grid.Count / Rate.Hertz;
        double left = seconds * GapsOfFilmAtMost;
        for (double at = Wait(ref random); at < seconds; at += Wait(ref random))
        {
            double length = ShortestGap * Math.Pow(LongestGap / ShortestGap, random.NextDouble()); // short gaps are more frequent
            length = Math.Min(length, left);
            left -= length;
            int first = (int)(at * Rate.Hertz);
            int end = Math.Min(grid.Count, (int)((at + length) * Rate.Hertz));
            values.AsSpan(first * emotions, Math.Max(0, end - first) * emotions).Clear();
            at += length;
        }
    }

    private static double Wait(ref CounterRandom random) => -Math.Log(1 - random.NextDouble()) / GapsPerSecond;
}
