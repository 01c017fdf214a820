using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Export;

namespace Evoke.Insights.Rankings;

/// <summary>Divides a video at its hard cuts.</summary>
internal static class FilmScenes
{
    private const double Slack = 1e-6; // times of steps are rounded

    /// <summary>The scenes of a prediction, in order of time; empty if its cuts are not known.</summary>
    public static ImmutableArray<RankedScene> Of(PredictionDocument document)
    {
        if (document.Film is not { Cuts: { } cuts } film)
        {
            return [];
        }

        double length = Math.Max(document.DurationSeconds, document.Curves.Grid.SecondsAt(document.Curves.Grid.Count));
        double[] starts = [0, .. cuts.Select(cut => cut / film.Rate.Hertz).Where(start => start > 0 && start < length - Slack)];
        return [.. starts.Select((start, i) => SceneOf(document.Curves, i + 1, start, i + 1 < starts.Length ? starts[i + 1] : length))];
    }

    private static RankedScene SceneOf(EmotionCurves curves, int number, double start, double end)
    {
        int first = StepFrom(curves.Grid, start), after = StepFrom(curves.Grid, end);
        return new RankedScene(number, start, end, [.. Enumerable.Range(0, curves.Scheme.Count).Select(column => CurveOf(curves, column, first, after))]);
    }

    private static int StepFrom(TimeGrid grid, double seconds) => Math.Clamp((int)Math.Ceiling((seconds - Slack) * grid.Rate.Hertz), 0, grid.Count);

    private static SceneCurve? CurveOf(EmotionCurves curves, int column, int first, int after)
    {
        (double sum, int count, float peak, int at) = (0, 0, float.NegativeInfinity, first);
        for (int step = first; step < after; step++)
        {
            float value = curves[step, column];
            if (float.IsFinite(value))
            {
                (sum, count) = (sum + value, count + 1);
                (peak, at) = value > peak ? (value, step) : (peak, at);
            }
        }

        return count == 0 ? null : new SceneCurve(sum / count, peak, curves.Grid.SecondsAt(at));
    }
}
