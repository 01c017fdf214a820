using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Evoke.Curves;
using Evoke.Testing.Learning;
using Evoke.Training.Reports;
using Evoke.Training.Runs;

namespace Evoke.Training.Tests.Reports;

public sealed partial class RunPageTests
{
    private const string Hostile = "<script>alert('1')</script>";

    [Fact]
    public void ThePageMayDoNothingButShowItself()
    {
        string page = RunPage.Render(Report());

        string style = Style().Match(page).Groups[1].Value;
        page.ShouldContain(
            $"default-src 'none'; img-src data:; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; "
            + "base-uri 'none'; form-action 'none'");
        page.ShouldNotContain("<script");
        page.ShouldNotContain(" style=");
        page.ShouldNotContain("http:");
        page.ShouldNotContain("https:");
    }

    [Fact]
    public void NamesAreTextAndNeverMarkup() =>
        RunPage.Render(Report()).ShouldContain("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;");

    [Fact]
    public void EveryEmotionHasABarAndEveryVideoACurveOfEach()
    {
        string page = RunPage.Render(Report());

        Regex.Count(page, "<rect ").ShouldBe(3);
        Regex.Count(page, "class=\"predicted\"").ShouldBe(6);
        Regex.Count(page, "class=\"label\"").ShouldBe(6);
        page.ShouldContain("epoch 2: 0.300");
        page.ShouldContain("<output>-0.200</output>");
    }

    [Fact]
    public void ARunBeforeItsFirstValidationHasAPageToo()
    {
        RunReport report = Report();
        string page = RunPage.Render(
            report with { Epochs = [report.Epochs[0]], BestVideos = [], WorstVideos = [], Summary = report.Summary with { BestEpoch = 0, Finished = false } });

        page.ShouldContain("Loss in training");
        page.ShouldNotContain("By emotion");
    }

    private static RunReport Report() => new()
    {
        Name = Hostile,
        Recipe = ToyDataset.Recipe(),
        Summary = new RunSummary
        {
            Recipe = "demo",
            Precision = "float32",
            Finished = true,
            Epochs = 2,
            BestEpoch = 2,
            TrainingVideos = 24,
            ValidationVideos = 10,
        },
        Parameters = 1234,
        LastEpoch = 2,
        Scheme = ToyDataset.Scheme,
        Epochs = [MetricsFile.Parse("1,0.01,0.9,,,,,,"), MetricsFile.Parse("2,0.01,0.5,0.3,0.4,0.2,0.5,0.6,-0.2")],
        BestVideos = [Video(Hostile)],
        WorstVideos = [Video("other")],
    };

    private static ReportVideo Video(string id)
    {
        EmotionCurves labels = ToyDataset.Labels("train0").Curves;
        return new ReportVideo(id, 0.3, [0.5, 0.6, -0.2], labels, labels);
    }

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
