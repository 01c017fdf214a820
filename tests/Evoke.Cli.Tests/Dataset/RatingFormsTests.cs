using System.Globalization;
using System.IO.Compression;
using Evoke.Cli.Shell;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Dataset;

/// <summary>Ratings in each of the forms that people have, all the way: import, check, training, scores, page. All forms give the same labels.</summary>
public sealed class RatingFormsTests : IDisposable
{
    private const int Videos = 6, Steps = 40; // 20 s, twice a second

    private static readonly string[] s_raters = ["anna", "ben", "cleo"];
    private static readonly string[] s_curves = ["joy", "awe"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("long")]
    [InlineData("bids")]
    [InlineData("elan")]
    [InlineData("wide")]
    [InlineData("excel")]
    public async Task AnImportIsCheckedTrainedOnScoredAndShown(string form)
    {
        ToyVideos.Write(_folder, "film", Videos);
        LabelledVideo[] films = [.. EevCsv.ReadLabels(_folder.File("film.csv"))];
        double ValueOf(int film, int rater, int step, int curve) =>
            Math.Round((0.9 * films[film].Curves[step * 3, curve]) + (0.03 * rater), 4); // The toy's labels are at 6 Hz.
        Write(form, ValueOf);
        string data = _folder.File("data"), features = _folder.File("features"), run = _folder.File("run");

        await DoneAsync("dataset", "import", _folder.File("ratings"), "--rate", "2", "--range", "0..1", "--validation", "0.34", "--out", data);
        CommandResult check = await DoneAsync("dataset", "check", "--csv", Path.Combine(data, "labels.csv"), "--features", features);
        await DoneAsync(
            "train", "--train-labels", Path.Combine(data, "train.csv"), "--val-labels", Path.Combine(data, "val.csv"), "--features", features,
            "--recipe", "demo",
            "--set", "train.epochs=2", "--set", "train.batch=4", "--set", "head.visual_hidden=4", "--set", "head.audio_hidden=4", "--out", run);
        CommandResult scores = await DoneAsync(
            "evaluate", "--labels", Path.Combine(data, "val.csv"), "--features", features, "--model", Path.Combine(run, "best.safetensors"));

        check.Out.ShouldStartWith("6 labelled videos");
        scores.Out.ShouldContain("awe");
        File.Exists(Path.Combine(run, "report.html")).ShouldBeTrue();
        string page = await File.ReadAllTextAsync(Path.Combine(data, "ratings.html"), TestContext.Current.CancellationToken);
        s_raters.ShouldAllBe(rater => page.Contains(rater, StringComparison.Ordinal));
        var labels = LabelSet.Read(Path.Combine(data, "labels.csv"));
        for (int film = 0; film < Videos; film++)
        {
            LabelledVideo found = labels.Find($"film{film}")!;
            found.Curves.Grid.Count.ShouldBe(Steps);
            for (int step = 0; step < Steps; step++)
            {
                found.Curves[step, 1].ShouldBe((float)ValueOf(film, 1, step, 1), 1e-5f, $"film{film}, step {step}"); // The second rater's is the mean.
            }
        }
    }

    private void Write(string form, Func<int, int, int, int, double> valueOf)
    {
        Directory.CreateDirectory(_folder.File("ratings"));
        switch (form)
        {
            case "long":
                WriteText("all.csv", ["video,rater,time,joy,awe", .. Traces((film, rater, step) => Row($"film{film}", s_raters[rater], step / 2.0,
                    valueOf(film, rater, step, 0), valueOf(film, rater, step, 1)))]);
                break;
            case "wide":
                // Columns for twice as long as these videos last.
                WriteText(
                    "wide.csv",
                    [
                        Row(["video", "rater", "curve", .. Enumerable.Range(0, 2 * Steps).Select(step => step / 2.0)]),
                        .. from film in Enumerable.Range(0, Videos)
                           from rater in Enumerable.Range(0, 3)
                           from curve in Enumerable.Range(0, 2)
                           select Row(
                               [
                                   $"film{film}", s_raters[rater], s_curves[curve],
                                   .. Enumerable.Range(0, Steps).Select(step => valueOf(film, rater, step, curve)), .. Enumerable.Repeat("", Steps),
                               ]),
                    ]);
                break;
            case "bids":
                WriteText("dataset_description.json", ["{}"]);
                WriteText("stim.json", ["""{"SamplingFrequency": 2, "StartTime": 0, "Columns": ["joy", "awe"]}"""]);
                Each((film, rater) => WriteCompressed($"sub-{s_raters[rater]}/sub-{s_raters[rater]}_task-film{film}_stim.tsv.gz", [.. Enumerable.Range(0, Steps)
                    .Select(step => Row(valueOf(film, rater, step, 0), valueOf(film, rater, step, 1)).Replace(',', '\t'))]));
                break;
            case "elan":
                Each((film, rater) => WriteText($"{s_raters[rater]}-film{film}.eaf", [Elan(film, rater, valueOf)]));
                break;
            default:
                for (int rater = 0; rater < 3; rater++)
                {
                    Workbook.Write(_folder.File($"ratings/{s_raters[rater]}.xlsx"), ("Sheet1",
                    [
                        ["Ratings, as of today"], [], ["Video", "Time (s)", "joy", "awe"],
                        .. from film in Enumerable.Range(0, Videos)
                           from step in Enumerable.Range(0, Steps)
                           select new object?[] { $"film{film}.mp4", step / 2.0, valueOf(film, rater, step, 0), valueOf(film, rater, step, 1) },
                    ]));
                }

                break;
        }
    }

    private static string Elan(int film, int rater, Func<int, int, int, int, double> valueOf)
    {
        string slots = string.Concat(Enumerable.Range(0, Steps + 1).Select(step => $"<TIME_SLOT TIME_SLOT_ID=\"t{step}\" TIME_VALUE=\"{500 * step}\"/>"));
        string Tier(int curve) => $"<TIER TIER_ID=\"{s_curves[curve]}@{s_raters[rater]}\">" + string.Concat(Enumerable.Range(0, Steps).Select(step =>
            $"<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a{curve}{step}\" TIME_SLOT_REF1=\"t{step}\" TIME_SLOT_REF2=\"t{step + 1}\">"
            + $"<ANNOTATION_VALUE>{Row(valueOf(film, rater, step, curve))}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>")) + "</TIER>";
        return $"<ANNOTATION_DOCUMENT><HEADER><MEDIA_DESCRIPTOR MEDIA_URL=\"file:///C:/clips/film{film}.mp4\"/></HEADER>"
            + $"<TIME_ORDER>{slots}</TIME_ORDER>{Tier(0)}{Tier(1)}</ANNOTATION_DOCUMENT>";
    }

    private static IEnumerable<string> Traces(Func<int, int, int, string> rowOf) =>
        from film in Enumerable.Range(0, Videos)
        from rater in Enumerable.Range(0, 3)
        from step in Enumerable.Range(0, Steps)
        select rowOf(film, rater, step);

    private static void Each(Action<int, int> write)
    {
        for (int film = 0; film < Videos; film++)
        {
            for (int rater = 0; rater < 3; rater++)
            {
                write(film, rater);
            }
        }
    }

    private static string Row(params object[] cells) => string.Join(',', cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)));

    private void WriteText(string name, IEnumerable<string> lines) => File.WriteAllLines(_folder.File($"ratings/{name}"), lines);

    private void WriteCompressed(string name, IEnumerable<string> lines)
    {
        string path = _folder.File($"ratings/{name}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using StreamWriter writer = new(new GZipStream(File.Create(path), CompressionMode.Compress));
        writer.Write(string.Concat(lines.Select(line => line + "\n")));
    }

    private static async Task<CommandResult> DoneAsync(params string[] arguments)
    {
        CommandResult result = await CommandResult.OfAsync(arguments);
        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        return result;
    }
}
