using Evoke.Cli.Shell;
using Evoke.Cli.Tests.Extract;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation.Pages;

/// <summary>What pages presume.</summary>
internal static class PageMaterial
{
    /// <summary>What makes training quick: two epochs of a small head.</summary>
    public const string Quick = " --set train.epochs=2 --set head.visual_hidden=8 --set head.audio_hidden=8";

    private const int EevSeconds = 2;

    /// <summary>Copies a network with the outputs "embedding" and another; the test is skipped where it is missing.</summary>
    /// <param name="name">mobilenet_v2.onnx for pictures, yamnet.onnx for sound.</param>
    /// <param name="to">The copy.</param>
    /// <param name="json">What is written beside it, as FILE.json; null for nothing.</param>
    public static void CopyNetwork(string name, string to, string? json = null)
    {
        string path = Path.Combine(Repository.Root, "..", "shared", "weights", name);
        Assert.SkipUnless(File.Exists(path), $"The network {name} is not beside the repository.");
        File.Copy(path, to);
        if (json is not null)
        {
            File.WriteAllText(to + ".json", json);
        }
    }

    /// <summary>Installs weights that repeat one number for networks of the catalog.</summary>
    public static async Task InstallWeightsAsync(PageShell shell, params string[] networks)
    {
        foreach (string network in networks)
        {
            GeneratedWeights.WriteSmall(shell.File("weights.pth"), network);
            (await shell.RunAsync($"evoke models import weights.pth {network}")).ShouldSatisfyAllConditions(
                result => result.ExitCode.ShouldBe(ExitCode.Done, result.Error));
            File.Delete(shell.File("weights.pth"));
        }
    }

    /// <summary>One label file of several sets of toy videos, whose features are added to features/.</summary>
    public static void WriteLabels(TemporaryFolder folder, string name, string[] sets, int videosOfASet)
    {
        foreach (string set in sets)
        {
            ToyVideos.Write(folder, set, videosOfASet);
        }

        string[] lines = [.. sets.SelectMany((set, index) => File.ReadLines(folder.File(set + ".csv")).Skip(index == 0 ? 0 : 1))];
        File.WriteAllLines(folder.File(name), lines);
    }

    /// <summary>Five short films in place of EEV: train.csv, val.csv and test.csv, and a yt-dlp that takes the films from the folder tube.</summary>
    /// <param name="shell">Where.</param>
    /// <param name="folder">Where in it the files are, with a slash at the end, or empty.</param>
    public static async Task MakeEevAsync(PageShell shell, string folder)
    {
        Directory.CreateDirectory(shell.File("tube"));
        foreach ((string part, int count) in new[] { ("train", 2), ("val", 2), ("test", 1) })
        {
            string[] ids = [.. Enumerable.Range(1, count).Select(number => $"{part}-{number}")];
            foreach ((int i, string id) in ids.Index())
            {
                File.Copy(await TestFilms.FlashesAndBeepsAsync(EevSeconds, [0.5 * i]), shell.File($"tube/{id}.mp4"));
            }

            EevCsv.Write(EmotionScheme.Eev, ids.Select(Labelled), shell.File($"{folder}{part}.csv"));
        }

        string test = shell.File(folder + "test.csv");
        File.WriteAllLines(test, File.ReadAllLines(test).Select(line => string.Join(',', line.Split(',')[..2])));
        shell.Install("yt-dlp", $$"""
            [ "$1" != --version ] || exec echo 2026.01.01
            address=${@: -1}
            cp '{{shell.File("tube")}}'/"${address##*=}.mp4" video.mp4
            """);
    }

    /// <summary>Writes a label file whose curves are the first ones of another, under other names.</summary>
    public static void WriteSomeCurves(string from, string to, string names) => File.WriteAllLines(
        to,
        File.ReadLines(from).Select((line, row) => line.Split(',')[..(2 + names.Split(',').Length)] is var cells && row == 0
            ? string.Join(',', [.. cells[..2], names])
            : string.Join(',', cells)));

    private static LabelledVideo Labelled(string id)
    {
        TimeGrid grid = new(new Rate(6), 6 * EevSeconds);
        return new LabelledVideo(id, new EmotionCurves(EmotionScheme.Eev, grid, GoldenTensor.Units(id, grid.Count * EmotionScheme.Eev.Count)));
    }
}
