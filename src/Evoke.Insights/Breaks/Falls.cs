using Evoke.Insights.Summaries;

namespace Evoke.Insights.Breaks;

/// <summary>How far a curve falls at each time: its mean over some seconds before minus that over as many seconds after.</summary>
internal sealed class Falls
{
    private readonly SummarizedCurve _curve;
    private readonly int _reach; // steps
    private readonly double[] _all; // ascending

    public Falls(SummarizedCurve curve, double seconds)
    {
        _curve = curve;
        _reach = Math.Max(1, curve.StepsIn(seconds));
        _all = [.. Enumerable.Range(0, curve.Steps).Select(AtStep).OfType<(double Before, double After)>().Select(one => one.Before - one.After).Order()];
    }

    /// <summary>The means before and after a time; null at the ends of the video, and where half of the steps or more are missing.</summary>
    public (double Before, double After)? At(double seconds) => AtStep((int)Math.Round(seconds * _curve.Grid.Rate.Hertz));

    /// <summary>The share of all times at which the curve falls less, from 0 to 1; equal falls count half.</summary>
    public double ShareBelow(double fall) => _all.Average(one => one < fall ? 1 : one == fall ? 0.5 : 0);

    private (double Before, double After)? AtStep(int step) =>
        step > 0 && step < _curve.Steps
        && _curve.MeanOver(Math.Max(0, step - _reach), step) is { } before
        && _curve.MeanOver(step, Math.Min(_curve.Steps, step + _reach)) is { } after
            ? (before, after)
            : null;
}
