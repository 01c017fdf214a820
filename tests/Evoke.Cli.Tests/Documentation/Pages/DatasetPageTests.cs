namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/dataset.md")]
public sealed class DatasetPageTests : PageTests
{
    private protected override (string Printed, string Run)[] Changes =>
    [
        ("dataset fetch", "dataset fetch --pause 0"),
        ("--videos 60 --seconds 60", "--videos 5 --seconds 10"),
    ];

    private protected override async Task PrepareAsync()
    {
        await PageMaterial.MakeEevAsync(Shell, "");

        // A model of valence and arousal, and labels of these and of something else.
        await RunAsync("evoke extract tube --out features");
        foreach ((string name, string from, string names) in new[]
        {
            ("few.csv", "train.csv", "valence,arousal"), ("few-val.csv", "val.csv", "valence,arousal"), ("other.csv", "val.csv", "valence,arousal,dominance"),
        })
        {
            PageMaterial.WriteSomeCurves(Shell.File(from), Shell.File(name), names);
        }

        await RunAsync("evoke train --train-labels few.csv --val-labels few-val.csv --features features --recipe demo --out run" + PageMaterial.Quick);

        Directory.CreateDirectory(Shell.File("info"));
        await File.WriteAllTextAsync(
            Shell.File("info/replayed.info.json"),
            """
            { "id": "replayed", "duration": 4, "heatmap": [
              { "start_time": 0, "end_time": 2, "value": 0.25 }, { "start_time": 2, "end_time": 4, "value": 1 } ] }
            """,
            TestContext.Current.CancellationToken);
    }

    private protected override void Check() => ShouldExist("labels.csv", "demo/test_labels.csv");
}
