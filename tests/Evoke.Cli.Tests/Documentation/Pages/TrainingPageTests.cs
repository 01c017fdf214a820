using Evoke.Heads.Networks;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/training.md")]
public sealed class TrainingPageTests : PageTests
{
    // Swin-T stands in for Swin-L.
    private protected override (string Printed, string Run)[] Changes =>
    [
        ("--recipe paper", "--recipe paper" + PageMaterial.Quick),
        ("import-head ckpt.pth.tar --out", "import-head ckpt.pth.tar --visual swin-t --out"),
    ];

    private protected override async Task PrepareAsync()
    {
        foreach ((string part, int videos) in new[] { ("train", 8), ("val", 4), ("test", 3) })
        {
            PageMaterial.WriteLabels(Shell.Folder, part + ".csv", [part], videos);
        }

        // The page shows how the first of three runs is trained.
        foreach (int seed in new[] { 2, 3 })
        {
            await RunAsync(
                $"evoke train --train-labels train.csv --val-labels val.csv --features features --recipe paper --out runs/{seed} --set seed={seed}"
                + PageMaterial.Quick);
        }

        // What the authors' program leaves, and the weights of the networks that it was trained on.
        GruHeadConfig head = new() { VisualWidth = 768, AudioWidth = 128, Emotions = 15, VisualHidden = 512, AudioHidden = 128, Layers = 2 };
        ExpandedWeights.Write(Shell.File("ckpt.pth.tar"), head.Parameters.Select(parameter => (parameter.Name, parameter.Shape)));
        await PageMaterial.InstallWeightsAsync(Shell, "swin-t", "vggish");
        File.Copy(await TestFilms.FlashesAndBeepsAsync(2, [1]), Shell.File("film.mp4"));
        await RunAsync("evoke extract film.mp4 --visual swin-t --audio vggish --out extracted");
        await RunAsync("evoke features export extracted --modality visual --out visual.h5");
        await RunAsync("evoke features export extracted --modality audio --out audio.h5");
        await RunAsync(
            "evoke features import --visual-hdf5 visual.h5 --visual swin-t --visual-rate 1 --audio-hdf5 audio.h5 --audio vggish --audio-rate 1 --out imported");

        // Fewer settings than in the file of the checkout.
        Directory.CreateDirectory(Shell.File("recipes/search"));
        string search = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "recipes/search/demo.yaml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Shell.File("recipes/search/demo.yaml"),
            search.Replace("trials: 12\n", "trials: 3\nset: [train.epochs=3, head.audio_hidden=8]\n", StringComparison.Ordinal)
                .Replace("min_epochs: 10\n", "min_epochs: 1\n", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
    }

    private protected override void Check() => ShouldExist("submission.csv", "film.csv", "from-hdf5.safetensors", "search/best.yaml");
}
