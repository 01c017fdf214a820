using System.Security.Cryptography;
using Evoke.Cli.Shell;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Extract;

/// <summary>A real network, from its weights to a trained head: the head accepts features of these weights only.</summary>
public sealed class WeightsTests : IDisposable
{
    private const int Seconds = 2; // A network in bfloat16 is slow where the processor does not multiply it.

    private static readonly EmotionScheme Scheme = new(["joy", "awe"]);

    private readonly TemporaryFolder _folder = new();

    private string Mine => _folder.File("mine.safetensors");

    private string Other => _folder.File("other.safetensors");

    private string Film => _folder.File("films/a.mp4");

    private string Features => _folder.File("features");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AHeadRefusesFeaturesOfOtherWeightsAndTakesAnotherPrecisionWithAWord()
    {
        await MakeDataSetAsync();
        await ExtractAsync(Mine);
        string model = await TrainAsync();

        CommandResult refused = await PredictAsync(model, Other, "bfloat16");
        refused.ExitCode.ShouldBe(ExitCode.WrongUse);
        refused.Error.ShouldContain(
            $"takes features of swin-t (weights {Digits(Mine)}, bfloat16); the encoder here is swin-t (weights {Digits(Other)}, bfloat16)");

        CommandResult taken = await PredictAsync(model, Mine, "float32");
        taken.ExitCode.ShouldBe(ExitCode.Done, taken.Error);
        taken.Out.ShouldContain("The visual features of swin-t were computed in float32; the model was trained on bfloat16.");
        (await PredictAsync(model, Mine, "bfloat16")).Out.ShouldNotContain("trained on bfloat16.");

        CommandResult anew = await ExtractAsync(Other);
        anew.Out.ShouldContain("2 extracted, 0 already there");
        anew.Error.ShouldContain(
            $"the visual features are from swin-t (weights {Digits(Mine)}, bfloat16); expected those from swin-t (weights {Digits(Other)}, bfloat16)");
        CommandResult scored = await CommandResult.OfAsync("evaluate", "--labels", _folder.File("val.csv"), "--model", model, "--features", Features);
        scored.ExitCode.ShouldNotBe(ExitCode.Done);
        scored.Error.ShouldContain($"swin-t (weights {Digits(Other)}, bfloat16)");
        scored.Error.ShouldContain($"takes those from swin-t (weights {Digits(Mine)}, bfloat16)");
    }

    private static string Digits(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))[..12];

    private async Task MakeDataSetAsync()
    {
        GeneratedWeights.Write(Mine, "swin-t", "mine");
        GeneratedWeights.Write(Other, "swin-t", "other");
        Directory.CreateDirectory(_folder.File("films"));
        string film = await TestFilms.OrdinaryAsync(seconds: Seconds);
        foreach ((string id, string labels) in new[] { ("a", "train.csv"), ("b", "val.csv") })
        {
            File.Copy(film, _folder.File($"films/{id}.mp4"));
            EmotionCurves curves = new(Scheme, new TimeGrid(new Rate(6), 6 * Seconds), GoldenTensor.Units(id, 12 * Seconds));
            EevCsv.Write(Scheme, [new LabelledVideo(id, curves)], _folder.File(labels));
        }
    }

    private async Task<CommandResult> ExtractAsync(string weights)
    {
        CommandResult result = await CommandResult.OfAsync(
            "extract", _folder.File("films"), "--visual", "swin-t", "--visual-weights", weights, "--precision", "bfloat16", "--out", Features);
        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        return result;
    }

    private async Task<string> TrainAsync()
    {
        string run = _folder.File("run");
        CommandResult trained = await CommandResult.OfAsync(
            "train", "--train-labels", _folder.File("train.csv"), "--val-labels", _folder.File("val.csv"), "--features", Features,
            "--recipe", "demo", "--out", run,
            "--set", "train.epochs=1", "--set", "train.batch=1", "--set", "head.visual_hidden=4", "--set", "head.audio_hidden=4");
        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        return Path.Combine(run, "best.safetensors");
    }

    private Task<CommandResult> PredictAsync(string model, string weights, string precision) => CommandResult.OfAsync(
        "predict", Film, "--model", model, "--visual-weights", weights, "--precision", precision, "--out", _folder.File("out"), "--json");
}
