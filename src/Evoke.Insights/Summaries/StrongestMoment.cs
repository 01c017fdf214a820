using Evoke.Curves.Export;

namespace Evoke.Insights.Summaries;

/// <summary>The strongest moment of a video: the highest value of arousal; for a model without arousal, that of the curve which rises highest above its own
/// mean.</summary>
/// <remarks>
/// A curve rises by (highest value - mean) / (standard deviation + 0.005 of its scale); the last summand keeps the ripples of an emotion that hardly occurs
/// from looking like a burst of laughter. Immutable and thread-safe.
/// </remarks>
/// <param name="Column">Column of the curves' scheme.</param>
/// <param name="StartStep">The first step of the stretch around the highest value in which the curve is at least halfway between its mean and that
/// value.</param>
/// <param name="Step">The step of the highest value, the first if there are several.</param>
/// <param name="EndStep">The last step of the stretch (inclusive).</param>
/// <param name="Value">The highest value.</param>
/// <param name="Deviations">How far the value is above the curve's mean, in standard deviations as above; above 0.</param>
public sealed record StrongestMoment(int Column, int StartStep, int Step, int EndStep, float Value, double Deviations)
{
    private const double DeviationFloor = 0.005;

    /// <summary>Finds it.</summary>
    /// <returns>Null if the curves are flat (within a hundredth of their scale) or have no values.</returns>
    public static StrongestMoment? Of(PredictionDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        int arousal = document.Curves.Scheme.IndexOf(VideoSummary.ArousalCurve);
        return Enumerable.Range(0, document.Curves.Scheme.Count)
            .Where(column => arousal < 0 || column == arousal)
            .Select(column => OfCurve(new SummarizedCurve(document, column), column))
            .OfType<StrongestMoment>()
            .MaxBy(moment => moment.Deviations);
    }

    private static StrongestMoment? OfCurve(SummarizedCurve curve, int column)
    {
        if (!curve.IsKnown || curve.IsFlat)
        {
            return null;
        }

        int step = curve.PeakStep();
        double mean = curve.Mean, halfway = (mean + curve[step]) / 2;
        int first = step, last = step;
        while (first > 0 && curve[first - 1] >= halfway)
        {
            first--;
        }

        while (last + 1 < curve.Steps && curve[last + 1] >= halfway)
        {
            last++;
        }

        return new StrongestMoment(column, first, step, last, curve[step], (curve[step] - mean) / (curve.Deviation + (DeviationFloor * curve.Scale.Width)));
    }
}
