using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Evoke.Curves;
using Evoke.Files;
using Evoke.Files.Text;
using Evoke.Heads.Reactions;
using Evoke.Pages;
using Evoke.Pages.Drawing;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Training.Reports;

/// <summary>Renders a run as one self-contained HTML page: no network, no script.</summary>
internal static class RunPage
{
    private const int SparkWidth = 240;
    private const int SparkHeight = 46;

    private static readonly Lazy<string> s_style = new(() => Asset("report.css"));

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(RunReport report, string path)
    {
        byte[] page = Encoding.UTF8.GetBytes(Render(report));
        AtomicFile.Write(path, stream => stream.Write(page));
    }

    /// <summary>The page's text.</summary>
    public static string Render(RunReport report)
    {
        string name = WebUtility.HtmlEncode(report.Name);
        StringBuilder page = new(PageHead.Of(report.Name, s_style.Value + EmotionRules.Of(report.Scheme)));
        AppendHead(page, report, name);
        page.Append("<main>\n");
        AppendTiles(page, report);
        if (!report.Recipe.IsEnsemble)
        {
            AppendCharts(page, report);
        }

        AppendEmotions(page, report);
        AppendVideos(page, report, "Best videos", "best", report.BestVideos);
        AppendVideos(page, report, "Worst videos", "worst", report.WorstVideos);
        page.Append(
            CultureInfo.InvariantCulture,
            $"<section><details><summary><h2>Recipe</h2></summary><pre>{WebUtility.HtmlEncode(RecipeWriter.Write(report.Recipe))}</pre></details></section>\n");
        page.Append(
            "</main>\n<footer>Pearson's correlation is computed per video over all rows, then averaged over emotions and videos, as in the EEV challenge: ");
        page.Append(CultureInfo.InvariantCulture, $"a constant curve scores 0. {WebUtility.HtmlEncode(ModelNotice.Text)}");
        return page.Append("</footer>\n</body>\n</html>\n").ToString();
    }

    private static void AppendHead(StringBuilder page, RunReport report, string name)
    {
        RunSummary run = report.Summary;
        string state = !run.Finished ? string.Create(CultureInfo.InvariantCulture, $"{run.Epochs} of {report.LastEpoch} epochs so far")
            : run.StoppedEarly ? $"stopped early after {Quantity.Of(run.Epochs, "epoch")}: validation no longer improved"
            : string.Create(CultureInfo.InvariantCulture, $"{Quantity.Of(run.Epochs, "epoch")}");
        string missing = run.MissingVideos.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {run.MissingVideos.Length} without features");
        page.Append(CultureInfo.InvariantCulture, $"<header><p class=\"brand\">Evoke · training run</p><h1>{name}</h1>");
        page.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"meta\">Recipe {WebUtility.HtmlEncode(report.Recipe.Name)}, {state}, {run.Precision}, {report.Parameters:N0} weights; "
            + $"{run.TrainingVideos:N0} training videos, {run.ValidationVideos:N0} validation videos{missing}.</p></header>\n");
    }

    private static void AppendTiles(StringBuilder page, RunReport report)
    {
        if (report.BestEpoch is not { } best)
        {
            return;
        }

        page.Append("<dl class=\"tiles\">");
        Tile("Pearson, best validation", Score(best.Pearson));
        Tile("the same, rows with labels", Score(best.PearsonDetectedOnly));
        Tile("concordance (CCC)", Score(best.Ccc));
        Tile(
            report.Recipe.IsEnsemble ? "epochs of each network" : "best epoch",
            best.Epoch.ToString(CultureInfo.InvariantCulture));
        page.Append("</dl>\n");

        void Tile(string what, string value) => page.Append(CultureInfo.InvariantCulture, $"<div><dt>{what}</dt><dd>{value}</dd></div>");
    }

    private static void AppendCharts(StringBuilder page, RunReport report)
    {
        EpochMetrics[] validated = [.. report.Epochs.Where(epoch => epoch.Pearson is not null)];
        page.Append("<section><h2>Over the epochs</h2><div class=\"charts\">\n");
        new EpochChart("Loss in training", [new("loss", "main", [.. report.Epochs.Select(epoch => (epoch.Epoch, epoch.Loss))])]).AppendTo(page);
        new EpochChart(
            "Pearson in validation",
            [
                new("rows with labels", "second", [.. validated.Select(epoch => (epoch.Epoch, epoch.PearsonDetectedOnly!.Value))]),
                new("all rows", "main", [.. validated.Select(epoch => (epoch.Epoch, epoch.Pearson!.Value))]),
            ])
        {
            Marked = report.BestEpoch is { Pearson: { } pearson } best ? (best.Epoch, pearson) : null,
        }.AppendTo(page);
        page.Append("</div></section>\n");
    }

    private static void AppendEmotions(StringBuilder page, RunReport report)
    {
        if (report.BestEpoch is not { } best)
        {
            return;
        }

        double[] known = [.. best.PearsonByEmotion.Where(double.IsFinite)]; // none for an emotion without validation labels
        double low = known.Append(0).Min(), high = known.Append(0.01).Max();
        double zero = 100 * -low / (high - low);
        page.Append("<section><h2>By emotion</h2><p class=\"note\">Pearson of the best validation, all rows</p><ul class=\"bars\">\n");
        for (int emotion = 0; emotion < report.Scheme.Count; emotion++)
        {
            double value = best.PearsonByEmotion[emotion];
            double length = double.IsFinite(value) ? 100 * Math.Abs(value) / (high - low) : 0;
            page.Append(
                CultureInfo.InvariantCulture,
                $"<li class=\"e{emotion}\"><span>{NameOf(report, emotion)}</span><svg aria-hidden=\"true\">"
                + $"<rect x=\"{(value < 0 ? zero - length : zero):0.##}%\" width=\"{length:0.##}%\" height=\"100%\" rx=\"3\"/>");
            page.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"rule\" x1=\"{zero:0.##}%\" x2=\"{zero:0.##}%\" y1=\"-3\" y2=\"17\"/></svg><output>{Score(value)}</output></li>\n");
        }

        page.Append("</ul></section>\n");
    }

    private static void AppendVideos(StringBuilder page, RunReport report, string title, string kind, ImmutableArray<ReportVideo> videos)
    {
        if (videos.IsEmpty)
        {
            return;
        }

        page.Append(
            CultureInfo.InvariantCulture,
            $"<section><h2>{title}</h2><p class=\"note\">The validation videos that the best model predicts {kind}. "
            + $"The prediction and the label of each emotion are scaled to their own ranges, since only shapes are compared; the number is Pearson.</p>");
        page.Append("<p class=\"note\"><span class=\"key swatch\">label (interrupted where rows have no labels)</span> ");
        page.Append("<span class=\"key main\">prediction, in the emotion's colour</span></p>\n");
        foreach (ReportVideo video in videos)
        {
            double seconds = video.Labels.Grid.Count / video.Labels.Grid.Rate.Hertz;
            page.Append(
                CultureInfo.InvariantCulture,
                $"<article class=\"video\"><h3>{WebUtility.HtmlEncode(video.Id)}</h3><p>{seconds:0} s, Pearson {Score(video.Pearson)}</p>"
                + $"<div class=\"sparks\">\n");
            for (int emotion = 0; emotion < report.Scheme.Count; emotion++)
            {
                AppendSpark(page, report, video, emotion);
            }

            page.Append("</div></article>\n");
        }

        page.Append("</section>\n");
    }

    private static void AppendSpark(StringBuilder page, RunReport report, ReportVideo video, int emotion)
    {
        string name = NameOf(report, emotion);
        string score = Score(video.PearsonByEmotion[emotion]);
        float[] labels = Shrunk(video.Labels, emotion, step => !video.Labels.IsGap(step) && !float.IsNaN(video.Labels[step, emotion]));
        float[] predicted = Shrunk(video.Predicted, emotion, _ => true);
        page.Append(
            CultureInfo.InvariantCulture,
            $"<figure class=\"e{emotion}\"><figcaption>{name}<b>{score}</b></figcaption><svg class=\"spark\" role=\"img\" "
            + $"aria-label=\"{name}: label and prediction, Pearson {score}\" viewBox=\"0 0 {SparkWidth} {SparkHeight}\" preserveAspectRatio=\"none\">");
        page.Append(
            CultureInfo.InvariantCulture,
            $"<path class=\"label\" d=\"{Drawn(labels, SvgLine.Under)}\"/><path class=\"predicted\" d=\"{Drawn(predicted, SvgLine.Of)}\"/></svg></figure>\n");
    }

    private static string Drawn(float[] values, Func<IReadOnlyList<float>, double, double, double, double, string> draw)
    {
        float[] known = [.. values.Where(float.IsFinite)];
        return known.Length == 0 ? "" : draw(values, known.Min(), known.Max(), SparkWidth, SparkHeight);
    }

    // Means over at most as many intervals as there are pixels; an interval without a row that counts is NaN.
    private static float[] Shrunk(EmotionCurves curves, int emotion, Func<int, bool> counts)
    {
        int points = Math.Min(SparkWidth, curves.Grid.Count);
        return
        [
            .. Enumerable.Range(0, points).Select(point =>
            {
                int from = (int)((long)point * curves.Grid.Count / points), to = (int)((point + 1L) * curves.Grid.Count / points);
                return Enumerable.Range(from, to - from).Where(counts).Select(step => curves[step, emotion]).DefaultIfEmpty(float.NaN).Average();
            }),
        ];
    }

    private static string NameOf(RunReport report, int emotion) => WebUtility.HtmlEncode(report.Scheme.Names[emotion]);

    private static string Score(double? score) => score is { } known && double.IsFinite(known) ? known.ToString("0.000", CultureInfo.InvariantCulture) : "–";

    private static string Asset(string name)
    {
        using Stream stream = typeof(RunPage).Assembly.GetManifestResourceStream($"Html/{name}")
            ?? throw new InvalidOperationException($"The assembly was built without its resource Html/{name}.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
