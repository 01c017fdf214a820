using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Evoke.Curves;
using Evoke.Files;
using Evoke.Files.Text;
using Evoke.Pages;
using Evoke.Pages.Drawing;

namespace Evoke.Datasets.Statistics;

/// <summary>Draws <see cref="DatasetStatistics"/> as one self-contained page: a histogram and an example curve for each emotion.</summary>
/// <remarks>Thread-safe; of several writers of one file the last one wins.</remarks>
public static class StatisticsPage
{
    private const int PictureWidth = 300;
    private const int PictureHeight = 60;

    private const string Style =
        """
        body{margin:2rem auto;max-width:60rem;padding:0 1rem}h1{font-size:1.6rem}p{margin:.6rem 0}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .7rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:middle}
        td.n{text-align:right;font-variant-numeric:tabular-nums}svg{display:block;background:var(--card)}
        """;

    /// <summary>Writes the page.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(DatasetStatistics statistics, string path)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        byte[] page = Encoding.UTF8.GetBytes(Render(statistics));
        AtomicFile.Write(path, stream => stream.Write(page));
    }

    /// <summary>The page's text.</summary>
    public static string Render(DatasetStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        EmotionScheme scheme = new(statistics.Emotions.Select(emotion => emotion.Emotion));
        string file = Path.GetFileName(statistics.Path);
        string name = WebUtility.HtmlEncode(file);
        StringBuilder page = new(PageHead.Of(file, Style + EmotionRules.Of(scheme)));
        page.Append(
            CultureInfo.InvariantCulture,
            $"<h1>{name}</h1><p>{Quantity.Of(statistics.Videos, "video")}, {Quantity.Of(statistics.Rows, "row")} "
            + $"at {statistics.Rate:0.###} Hz, {statistics.Hours:0.##} h; ");
        page.Append(
            CultureInfo.InvariantCulture,
            $"{100 * statistics.GapShare:0.#} % of the rows have no labels, in {statistics.Gaps} gaps of up to {statistics.LongestGapSeconds:0.#} s. ");
        page.Append("Mean, deviation and histogram leave such rows out; smoothness is the autocorrelation from one second to the next.</p>\n");
        string example = WebUtility.HtmlEncode(statistics.ExampleVideo);
        page.Append("<table><thead><tr><th>emotion<th>zero<th>range<th>mean ± deviation<th>smoothness<th>histogram");
        page.Append(CultureInfo.InvariantCulture, $"<th>video {example}</thead><tbody>\n");
        for (int i = 0; i < scheme.Count; i++)
        {
            AppendRow(page, statistics.Emotions[i], i);
        }

        return page.Append("</tbody></table></body></html>\n").ToString();
    }

    private static void AppendRow(StringBuilder page, EmotionStatistics emotion, int column)
    {
        string name = WebUtility.HtmlEncode(emotion.Emotion);
        string smoothness = emotion.Smoothness is { } known ? known.ToString("0.00", CultureInfo.InvariantCulture) : "–";
        page.Append(
            CultureInfo.InvariantCulture,
            $"<tr class=\"e{column}\"><th scope=\"row\">{name}<td class=\"n\">{100 * emotion.ZeroShare:0.#} %");
        page.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{emotion.Min:0.###} to {emotion.Max:0.###}{ScaleOf(emotion.Range)}");
        page.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{emotion.Mean:0.###} ± {emotion.Deviation:0.###}<td class=\"n\">{smoothness}<td>");
        AppendPicture(page, $"Histogram of {name}", Bars(emotion.Histogram), "fill=\"var(--mark)\"");
        page.Append("<td>");
        AppendPicture(
            page, $"{name} over one video", SvgLine.Of(emotion.Example, emotion.Range.Low, emotion.Max, PictureWidth, PictureHeight),
            "fill=\"none\" stroke=\"var(--mark)\" stroke-width=\"1.5\"");
        page.Append('\n');
    }

    // What the values could be, where it is not from 0 to 1.
    private static string ScaleOf(CurveRange range) => range == CurveRange.ZeroToOne
        ? ""
        : WebUtility.HtmlEncode(string.Create(
            CultureInfo.InvariantCulture, $" of {range.Low} to {range.High}{(range.Unit.Length > 0 ? " " + range.Unit : "")}"));

    private static void AppendPicture(StringBuilder page, string label, string path, string paint) => page.Append(
        CultureInfo.InvariantCulture,
        $"<svg role=\"img\" aria-label=\"{label}\" width=\"{PictureWidth / 2}\" height=\"{PictureHeight}\" "
        + $"viewBox=\"0 0 {PictureWidth} {PictureHeight}\" preserveAspectRatio=\"none\"><path d=\"{path}\" {paint}/></svg>");

    // Square roots: most labels are near 0, and the few others should be visible too.
    private static string Bars(ImmutableArray<long> histogram)
    {
        double most = Math.Sqrt(Math.Max(1, histogram.Max()));
        double width = PictureWidth / (double)histogram.Length;
        StringBuilder path = new();
        for (int i = 0; i < histogram.Length; i++)
        {
            double height = Math.Sqrt(histogram[i]) / most * PictureHeight;
            path.Append(CultureInfo.InvariantCulture, $"M{i * width:0.##} {PictureHeight}v{-height:0.##}h{width - 1:0.##}v{height:0.##}z");
        }

        return path.ToString();
    }
}
