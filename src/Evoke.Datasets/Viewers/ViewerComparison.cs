using System.Globalization;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Export;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Curves.Ratings;

namespace Evoke.Datasets.Viewers;

/// <summary>The labels of one video held against its predicted curves.</summary>
internal sealed class ViewerComparison
{
    // Tables on different clocks end at different times: each up to a step and a bit before the end of the video,
    private const double MostStepsApart = 1.5;

    // and labels a little earlier, at the last row that somebody rated.
    private const double UsualSecondsApart = 2;

    private readonly EmotionCurves _predicted;
    private readonly EmotionCurves _labels; // those of the labels' curves that are predicted, no longer than the video
    private readonly int[] _columns; // where each predicted curve is among the labels; -1 if it is not
    private readonly bool[] _gaps; // the rows without labels, by all of their curves

    public ViewerComparison(LabelledVideo labels, EmotionCurves predicted)
    {
        _predicted = predicted;
        EmotionScheme scheme = labels.Curves.Scheme.Select([.. predicted.Scheme.Names.Where(name => labels.Curves.Scheme.IndexOf(name) >= 0)]);
        (int rows, Notes) = RowsOf(labels.Curves.Grid, predicted.Grid);
        _gaps = [.. Enumerable.Range(0, rows).Select(labels.Curves.IsGap)];
        _labels = RowCropping.Cropped(labels.Curves.As(scheme), new TimeGrid(labels.Curves.Grid.Rate, rows));
        _columns = [.. predicted.Scheme.Names.Select(scheme.IndexOf)];
    }

    /// <summary>What users should know about the lengths of labels and video; empty if they are alike.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The labels with the scheme and grid of the prediction, NaN where there are none.</summary>
    public EmotionCurves LabelsOnGrid() => OnGrid(_labels, (value, from, to) =>
        from.Low == to.Low && from.High == to.High ? value : (float)(to.Low + ((value - from.Low) / from.Width * to.Width)));

    /// <summary>The spread of the raters with the scheme and grid of the prediction, NaN where it is not known.</summary>
    /// <param name="spread">In the units of the labels, on their grid.</param>
    public EmotionCurves? SpreadOnGrid(EmotionCurves spread)
    {
        bool hasRows = spread.Grid.Rate == _labels.Grid.Rate && spread.Grid.Count >= _labels.Grid.Count;
        if (!hasRows || !_labels.Scheme.Names.All(name => spread.Scheme.IndexOf(name) >= 0))
        {
            throw new DatasetException(
                $"The spread of the raters does not fit the labels: expected {_labels.Scheme.Names.Length} curves with {_labels.Grid}; "
                + $"found {spread.Scheme.Count} with {spread.Grid}.");
        }

        EmotionCurves own = RowCropping.Cropped(spread.As(spread.Scheme.Select(_labels.Scheme.Names)), _labels.Grid);
        return own.Values.ContainsAnyInRange(float.MinValue, float.MaxValue)
            ? OnGrid(own, (value, from, to) => (float)(value / from.Width * to.Width))
            : null;
    }

    /// <summary>The scores of each curve that both have.</summary>
    /// <param name="agreement">How far the raters of a curve agree; null if that is not known.</param>
    public IReadOnlyList<LabelScore> Scores(Func<string, Agreement?> agreement)
    {
        EmotionCurves predicted = (_predicted.Grid == _labels.Grid ? _predicted : SparseToDense.Interpolate(_predicted, _labels.Grid)).As(_labels.Scheme);
        VideoScores all = VideoScores.Of("", _labels, predicted, RowProtocol.All);
        VideoScores? detected = _labels.Scheme.ZeroRowsAreMissing ? VideoScores.Of("", _labels, predicted, RowProtocol.FaceDetected) : null;
        return
        [
            .. _labels.Scheme.Names.Select((_, column) =>
            {
                string name = _predicted.Scheme.Names[Array.IndexOf(_columns, column)];
                Agreement? raters = agreement(name);
                return new LabelScore
                {
                    Emotion = name,
                    Rows = _labels.Column(column).Count(value => !float.IsNaN(value)),
                    Pearson = Known(all.Pearson[column]),
                    PearsonDetectedOnly = detected is null ? null : Known(detected.Pearson[column]),
                    Ccc = Known(all.Concordance[column]),
                    Raters = raters?.Raters,
                    CeilingLow = raters?.CeilingLow,
                    CeilingHigh = raters?.CeilingHigh,
                };
            }),
        ];
    }

    private static double? Known(double score) => double.IsNaN(score) ? null : score;

    private static (int Rows, IReadOnlyList<string> Notes) RowsOf(TimeGrid labels, TimeGrid predicted)
    {
        double slack = MostStepsApart / Math.Min(labels.Rate.Hertz, predicted.Rate.Hertz);
        (double labelled, double seconds) = (labels.Count / labels.Rate.Hertz, predicted.Count / predicted.Rate.Hertz);
        return labelled > seconds + slack
            ? (Math.Min(labels.Count, TimeGrid.ForDuration(seconds, labels.Rate).Count), [string.Create(
                CultureInfo.InvariantCulture, $"the labels cover {labelled:0.0} s, the video has {seconds:0.0} s; what comes after its end is left out.")])
            : labelled < seconds - slack - UsualSecondsApart
                ? (labels.Count, [string.Create(
                    CultureInfo.InvariantCulture, $"the labels cover {labelled:0.0} s of {seconds:0.0} s; the rest is not compared.")])
                : (labels.Count, []);
    }

    private EmotionCurves OnGrid(EmotionCurves curves, Func<float, CurveRange, CurveRange, float> convert)
    {
        float[] shown = curves.Values.ToArray();
        for (int i = 0; i < shown.Length; i++)
        {
            shown[i] = _gaps[i / curves.Scheme.Count] ? float.NaN : shown[i];
        }

        TimeGrid grid = _predicted.Grid;
        EmotionCurves dense = SparseToDense.Interpolate(new EmotionCurves(curves.Scheme, curves.Grid, shown), grid);
        double end = curves.Grid.Count / curves.Grid.Rate.Hertz;
        EmotionScheme scheme = _predicted.Scheme;
        float[] values = new float[grid.Count * scheme.Count];
        for (int i = 0; i < values.Length; i++)
        {
            (int step, int emotion) = Math.DivRem(i, scheme.Count);
            int column = _columns[emotion];
            bool isKnown = column >= 0 && grid.SecondsAt(step) < end;
            values[i] = isKnown ? convert(dense[step, column], _labels.Scheme.Ranges[column], scheme.Ranges[emotion]) : float.NaN;
        }

        return new EmotionCurves(scheme, grid, values);
    }
}
