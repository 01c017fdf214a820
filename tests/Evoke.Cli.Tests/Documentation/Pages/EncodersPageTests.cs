using Evoke.Cli.Tests.Extract;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/encoders.md")]
public sealed class EncodersPageTests : PageTests
{
    // Swin-T stands in for Swin-L.
    private protected override (string Printed, string Run)[] Changes => [("swin-l", "swin-t")];

    private protected override async Task PrepareAsync()
    {
        GeneratedWeights.WriteSmall(Shell.File("my-swin.pth"), "swin-t");
        await PageMaterial.InstallWeightsAsync(Shell, "vggish");
        Directory.CreateDirectory(Shell.File("videos"));
        File.Copy(await TestFilms.FlashesAndBeepsAsync(2, [1]), Shell.File("videos/short.mp4"));
        File.Copy(await Films.ShortAsync(), Shell.File("film.mp4"));
        string package = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "packages"), "*resnet18*.nupkg").Single();
        File.Copy(package, Shell.File(Path.GetFileName(package)));
        Directory.CreateDirectory(Shell.File("nets"));
        PageMaterial.CopyNetwork("mobilenet_v2.onnx", Shell.File("nets/mobilenet_v2.onnx"));
        PageMaterial.CopyNetwork("mobilenet_v2.onnx", Shell.File("mine.onnx"), """{ "output": "embedding" }""");
        PageMaterial.CopyNetwork("yamnet.onnx", Shell.File("sound.onnx"), """{ "output": "embedding", "logOffset": 0.001 }""");

        // A model that was trained on features of this network when it lay elsewhere.
        await RunAsync("evoke dataset demo --out demo --videos 5 --seconds 10");
        await RunAsync("evoke extract demo/videos --visual onnx:nets/mobilenet_v2.onnx#embedding --audio audio-lld --out demo/features");
        await RunAsync(
            "evoke train --train-labels demo/train.csv --val-labels demo/val.csv --features demo/features --recipe demo --out run" + PageMaterial.Quick);
    }

    private protected override void Check() => ShouldExist("features/short.safetensors", "film.csv", "seen/short.safetensors", "tryout/curves/film.html");
}
