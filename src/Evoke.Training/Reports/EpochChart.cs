using System.Globalization;
using System.Text;
using Evoke.Pages.Drawing;

namespace Evoke.Training.Reports;

/// <summary>A line chart over epochs, with axes, as SVG. Text keeps its size at any width; only the lines are stretched.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="Lines">The lines, the last one on top.</param>
internal sealed record EpochChart(string Title, IReadOnlyList<EpochLine> Lines)
{
    private const int Box = 1000;
    private const int Ticks = 5;

    /// <summary>A highlighted point; null for none.</summary>
    public (int Epoch, double Value)? Marked { get; init; }

    /// <summary>Writes the figure.</summary>
    public void AppendTo(StringBuilder page)
    {
        double[] values = [.. Lines.SelectMany(line => line.Points).Select(point => point.Value)];
        if (values.Length == 0)
        {
            return;
        }

        double step = NiceStep(values.Max() - values.Min());
        double low = Math.Floor(values.Min() / step) * step, high = Math.Max(low + step, Math.Ceiling(values.Max() / step) * step);
        int epochs = Math.Max(1, Lines.Max(line => line.Points.Count == 0 ? 0 : line.Points[^1].Epoch));
        page.Append(CultureInfo.InvariantCulture, $"<figure><figcaption><span>{Title}</span>");
        foreach (EpochLine line in Lines.Reverse().Where(_ => Lines.Count > 1))
        {
            page.Append(CultureInfo.InvariantCulture, $"<span class=\"key {line.Class}\">{line.Name}</span>");
        }

        page.Append(CultureInfo.InvariantCulture, $"</figcaption><svg class=\"chart\" role=\"img\" aria-label=\"{Title}\">\n");
        AppendAxes(page, low, high, step, epochs);
        page.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Box} {Box}\" preserveAspectRatio=\"none\" width=\"100%\" height=\"100%\">");
        foreach (EpochLine line in Lines)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"{line.Class}\" "
                + $"d=\"{SvgLine.Of(line.Points.Select(point => ((double)Box * point.Epoch / epochs, point.Value)), low, high, Box)}\"/>");
        }

        page.Append("</svg>\n");
        if (Marked is { } marked)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<circle class=\"best\" cx=\"{100.0 * marked.Epoch / epochs:0.##}%\" cy=\"{100 * (high - marked.Value) / (high - low):0.##}%\" "
                + $"r=\"5\"><title>epoch {marked.Epoch}: {marked.Value:0.000}</title></circle>\n");
        }

        page.Append("</svg></figure>\n");
    }

    private static void AppendAxes(StringBuilder page, double low, double high, double step, int epochs)
    {
        string format = step >= 1 ? "0" : "0." + new string('0', (int)Math.Ceiling(-Math.Log10(step) - 1e-9));
        for (int i = 0; low + (i * step) <= high + (step / 2); i++)
        {
            double y = 100 * (high - (low + (i * step))) / (high - low);
            string number = (low + (i * step)).ToString(format, CultureInfo.InvariantCulture);
            page.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"rule\" x2=\"100%\" y1=\"{y:0.##}%\" y2=\"{y:0.##}%\"/>"
                + $"<text x=\"-8\" y=\"{y:0.##}%\" dy=\"4\" text-anchor=\"end\">{number}</text>\n");
        }

        int every = (int)Math.Max(1, NiceStep(epochs));
        for (int epoch = 0; epoch <= epochs; epoch += every)
        {
            page.Append(
                CultureInfo.InvariantCulture, $"<text x=\"{100.0 * epoch / epochs:0.##}%\" y=\"100%\" dy=\"20\" text-anchor=\"middle\">{epoch}</text>\n");
        }
    }

    // 1, 2 or 5 times a power of ten, so that a range takes about five steps.
    private static double NiceStep(double range)
    {
        double rough = Math.Max(range, 1e-6) / Ticks;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power) switch
        {
            > 5 => 10,
            > 2 => 5,
            > 1 => 2,
            _ => 1,
        };
    }
}
