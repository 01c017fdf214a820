using System.Globalization;
using System.Net;
using System.Text;
using Evoke.Curves;
using Evoke.Curves.Ratings;
using Evoke.Files;
using Evoke.Files.Text;
using Evoke.Pages;
using Evoke.Pages.Drawing;

namespace Evoke.Datasets.Ratings;

/// <summary>Draws imported ratings as one self-contained page: the curves of all raters with label and spread, agreement, and who is odd.</summary>
internal static class RatingPage
{
    private const int Width = 640;
    private const int Height = 120;
    private const int PointsPerLine = 320;

    // A page of more has too many lines for a browser.
    private const int MostFigures = 120;

    private const string Style =
        """
        body{margin:2rem auto;max-width:64rem;padding:0 1rem}h1{font-size:1.6rem}h2{font-size:1.15rem;margin:1.8rem 0 .5rem}p{margin:.6rem 0}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:middle}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}tr.odd th,tr.odd td{color:#c2413b}
        figure{margin:0 0 1.1rem}figcaption{color:var(--soft);font-size:var(--small);margin-bottom:.2rem}figcaption b{color:var(--ink)}
        svg{display:block;width:100%;height:auto;background:var(--card);border:1px solid var(--line)}
        .rater{fill:none;stroke:var(--soft);stroke-width:1;opacity:.35}.rater.odd{stroke:#c2413b;opacity:.8;stroke-dasharray:4 3}
        .rater:hover{opacity:1;stroke-width:2}.spread{fill:var(--mark);opacity:.18}.label{fill:none;stroke:var(--mark);stroke-width:2.4}
        .scroll{overflow-x:auto}ul{padding-left:1.2rem}
        @media (prefers-color-scheme: dark){tr.odd th,tr.odd td{color:#ff8a80}.rater.odd{stroke:#ff8a80}}
        """;

    /// <summary>Writes the page.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(ImportedRatings ratings, string path)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        byte[] page = Encoding.UTF8.GetBytes(Render(ratings));
        AtomicFile.Write(path, stream => stream.Write(page));
    }

    /// <summary>The page's text.</summary>
    public static string Render(ImportedRatings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        StringBuilder page = new(PageHead.Of("Ratings", Style + EmotionRules.Of(new EmotionScheme(ratings.CurveNames))));
        AppendSummary(page, ratings);
        AppendRaters(page, ratings);
        AppendAgreement(page, ratings);
        AppendFigures(page, ratings);
        AppendNotes(page, ratings);
        return page.Append("</body></html>\n").ToString();
    }

    private static void AppendSummary(StringBuilder page, ImportedRatings ratings)
    {
        RatingImportOptions options = ratings.Options;
        string curves = string.Join(", ", ratings.CurveNames.Zip(ratings.Scales, (name, scale) => $"{Html(name)} {scale}"));
        string gold = options.Gold switch
        {
            GoldStandardKind.Median => "the median of the raters",
            GoldStandardKind.Ewe => "the mean of the raters, weighted by their correlation with the others (EWE)",
            _ => "the mean of the raters",
        };
        page.Append(
            CultureInfo.InvariantCulture,
            $"<h1>Ratings</h1><p>{Quantity.Of(ratings.Videos.Length, "video")}, {Quantity.Of(ratings.Raters.Length, "rater")}, "
            + $"{options.Rate:0.###} steps per second: {curves}.</p>");
        string scaled = options.ZScores ? ", each standardised over all videos" : "";
        page.Append(CultureInfo.InvariantCulture, $"<p>Labels are {(ratings.LabelSource is { } published ? Html(published) : gold + scaled)}");
        page.Append(options.LagSeconds != 0
            ? string.Create(CultureInfo.InvariantCulture, $", moved {options.LagSeconds:0.##} s earlier.</p>\n")
            : ".</p>\n");
    }

    private static void AppendRaters(StringBuilder page, ImportedRatings ratings)
    {
        bool hasLags = ratings.RaterLags.Count > 0;
        page.Append("<h2>Raters</h2><div class=\"scroll\"><table><thead><tr><th>rater<th class=\"n\">traces<th class=\"n\">constant");
        page.Append(CultureInfo.InvariantCulture, $"<th class=\"n\">correlation with the others{(hasLags ? "<th class=\"n\">lag" : "")}<th></thead><tbody>\n");
        foreach (RaterSummary rater in ratings.Raters
            .OrderBy(rater => rater.WithOthers ?? double.NegativeInfinity).ThenBy(rater => rater.Rater, StringComparer.Ordinal))
        {
            string lag = !hasLags ? ""
                : string.Create(CultureInfo.InvariantCulture, $"<td class=\"n\">{ratings.RaterLags.GetValueOrDefault(rater.Rater):0.0} s");
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr{(rater.IsOdd ? " class=\"odd\"" : "")}><th scope=\"row\">{Html(rater.Rater)}<td class=\"n\">{rater.Traces}");
            page.Append(
                CultureInfo.InvariantCulture,
                $"<td class=\"n\">{rater.Constant}<td class=\"n\">{Number(rater.WithOthers)}{lag}<td>{(rater.IsOdd ? "odd" : "")}\n");
        }

        page.Append("</tbody></table></div><p>A rater is odd who on average does not follow the others, follows them less than half as well as ");
        page.Append("the median rater does, or whose traces are mostly constant. Odd raters are drawn dashed, not left out.</p>\n");
    }

    private static void AppendAgreement(StringBuilder page, ImportedRatings ratings)
    {
        page.Append("<h2>Agreement</h2><div class=\"scroll\"><table><thead><tr><th>video<th>curve");
        foreach (string column in (string[])["raters", "Pearson", "CCC", "ICC(2,1)", "ICC(2,k)", "Cronbach α", "Krippendorff α", "noise ceiling"])
        {
            page.Append(CultureInfo.InvariantCulture, $"<th class=\"n\">{column}");
        }

        page.Append("</thead><tbody>\n");
        foreach (ImportedCurve curve in ratings.Curves)
        {
            Agreement found = curve.Agreement;
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th scope=\"row\">{Html(curve.Rated.VideoId)}<td>{Html(curve.Rated.Curve)}<td class=\"n\">{found.Raters}");
            foreach (double? number in (double?[])[found.Pearson, found.Ccc, found.IccSingle, found.IccMean, found.Alpha, found.Krippendorff])
            {
                page.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{Number(number)}");
            }

            page.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{Number(found.CeilingLow)} – {Number(found.CeilingHigh)}\n");
        }

        page.Append("</tbody></table></div><p>Pearson and CCC are means over pairs of raters. The noise ceiling is the mean correlation of a rater with the ");
        page.Append("mean of the others (lower) and with the mean of all (upper): no model can be expected to predict a single rater better.</p>\n");
    }

    private static void AppendFigures(StringBuilder page, ImportedRatings ratings)
    {
        page.Append("<h2>Curves</h2><p>Thin: the raters (point at one for the name). Thick: the label. Shaded: one standard deviation of the raters.</p>\n");
        HashSet<string> odd = [.. ratings.Raters.Where(rater => rater.IsOdd).Select(rater => rater.Rater)];
        foreach (ImportedCurve curve in ratings.Curves.Take(MostFigures))
        {
            AppendFigure(page, ratings, curve, odd);
        }

        if (ratings.Curves.Length > MostFigures)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{ratings.Curves.Length - MostFigures} more curves are not drawn.</p>\n");
        }
    }

    private static void AppendFigure(StringBuilder page, ImportedRatings ratings, ImportedCurve curve, HashSet<string> odd)
    {
        RatedCurve rated = curve.Rated;
        int column = ratings.CurveNames.IndexOf(rated.Curve);
        // Z-scores are on another scale than what the raters said: then the mean is drawn.
        GoldStandard drawn = ratings.Options.ZScores || curve.Label is null ? GoldStandard.Of(rated, GoldStandardKind.Mean) : curve.Label;
        CurveScale scale = ratings.Options.ZScores
            ? CurveScale.Of(rated.Curve, ratings.Options.Ranges, LowestOf(rated), HighestOf(rated))
            : ratings.Scales[column];
        string name = $"{Html(rated.VideoId)}, {Html(rated.Curve)}";
        page.Append(
            CultureInfo.InvariantCulture,
            $"<figure class=\"e{column}\"><figcaption><b>{name}</b> · {scale} · 0 to {rated.Grid.SecondsAt(rated.Grid.Count - 1):0.#} s</figcaption>");
        page.Append(
            CultureInfo.InvariantCulture,
            $"<svg role=\"img\" aria-label=\"{name}: {Quantity.Of(rated.Raters.Length, "rater")}, label and spread\" viewBox=\"0 0 {Width} {Height}\">");
        float[] mean = Points([.. drawn.Values]);
        float[] deviation = Points([.. drawn.Spread]);
        string band = SvgLine.Between(
            [.. mean.Zip(deviation, (value, spread) => value - spread)],
            [.. mean.Zip(deviation, (value, spread) => value + spread)],
            scale.Low,
            scale.High,
            Width,
            Height);
        page.Append(CultureInfo.InvariantCulture, $"<path class=\"spread\" d=\"{band}\"/>");
        for (int rater = 0; rater < rated.Raters.Length; rater++)
        {
            string who = Html(rated.Raters[rater]);
            string line = SvgLine.Of(Points(rated.Of(rater)), scale.Low, scale.High, Width, Height);
            string style = odd.Contains(rated.Raters[rater]) ? "rater odd" : "rater";
            page.Append(CultureInfo.InvariantCulture, $"<path class=\"{style}\" d=\"{line}\"><title>{who}</title></path>");
        }

        page.Append(CultureInfo.InvariantCulture, $"<path class=\"label\" d=\"{SvgLine.Of(mean, scale.Low, scale.High, Width, Height)}\"/></svg></figure>\n");
    }

    private static void AppendNotes(StringBuilder page, ImportedRatings ratings)
    {
        page.Append("<h2>Files</h2><ul>\n");
        foreach (IGrouping<string, string> files in ratings.Files.GroupBy(
            file => file.Form, file => Path.GetFileName(file.File) + (file.Sheet is null ? "" : $", sheet '{file.Sheet}'")))
        {
            string more = files.Count() > 1 ? $" and {files.Count() - 1} more" : "";
            page.Append(CultureInfo.InvariantCulture, $"<li>{Html(files.First())}{more}: {Html(files.Key)}.\n");
        }

        page.Append("</ul>\n");
        if (ratings.Notes.Length > 0)
        {
            page.Append("<h2>Notes</h2><ul>\n").AppendJoin("", ratings.Notes.Select(note => $"<li>{Html(note)}\n")).Append("</ul>\n");
        }
    }

    // At most so many points as can be told apart on a screen.
    private static float[] Points(ReadOnlySpan<double> values)
    {
        int count = Math.Min(values.Length, PointsPerLine);
        float[] points = new float[count];
        for (int i = 0; i < count; i++)
        {
            points[i] = (float)values[count < 2 ? 0 : (int)((long)i * (values.Length - 1) / (count - 1))];
        }

        return points;
    }

    private static double LowestOf(RatedCurve curve) => ValuesOf(curve).Min();

    private static double HighestOf(RatedCurve curve) => ValuesOf(curve).Max();

    private static IEnumerable<double> ValuesOf(RatedCurve curve) =>
        Enumerable.Range(0, curve.Raters.Length).SelectMany(rater => curve.Of(rater).ToArray()).Where(double.IsFinite).DefaultIfEmpty(0);

    private static string Number(double? number) => number is { } found ? found.ToString("0.00", CultureInfo.InvariantCulture) : "–";

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
