using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.CommandLine;

/// <summary>An option without effect is an error that says why.</summary>
public sealed class IdleOptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> OfFeatures
    {
        get
        {
            TheoryData<string, string> lines = [];
            string[] verbs =
            [
                "predict", "train --train-labels t --val-labels v --out x", "search s.yaml --train-labels t --val-labels v --out x",
                "evaluate --labels l --model m",
                "ensemble r --out x", "submission --test-csv t --model m --out x", "features import --out x",
            ];
            foreach (string verb in verbs)
            {
                bool isImport = verb.StartsWith("features", StringComparison.Ordinal);
                string visual = isImport ? "--visual-hdf5 or --visual-files" : "--visual-hdf5";
                string audio = isImport ? "--audio-hdf5 or --audio-files" : "--audio-hdf5";
                lines.Add($"{verb} --audio-hdf5 a.h5 --visual-rate 6", $"--visual-rate has no effect without {visual}.");
                lines.Add($"{verb} --audio-hdf5 a.h5 --visual swin-l", $"--visual has no effect without {visual}.");
                lines.Add($"{verb} --visual-hdf5 v.h5 --audio-rate 1", $"--audio-rate has no effect without {audio}.");
                lines.Add($"{verb} --visual-hdf5 v.h5 --audio vggish", $"--audio has no effect without {audio}.");
                if (!isImport)
                {
                    lines.Add($"{verb} --visual-hdf5 v.h5 --features f", "--features and --visual-hdf5 exclude each other");
                    lines.Add($"{verb} --audio-hdf5 a.h5 --features f", "--features and --audio-hdf5 exclude each other");
                }
            }

            return lines;
        }
    }

    [Theory]
    [MemberData(nameof(OfFeatures))]
    [InlineData("predict --features f a.mp4", "--features and VIDEO|FOLDER|FEATURES exclude each other")]
    [InlineData("predict --visual-hdf5 v.h5 a.mp4", "--visual-hdf5 and VIDEO|FOLDER|FEATURES exclude each other")]
    [InlineData("predict --features f --visual-weights w", "--visual-weights has no effect with --features: nothing is encoded.")]
    [InlineData("predict --features f --audio-weights w", "--audio-weights has no effect with --features: nothing is encoded.")]
    [InlineData("predict --audio-hdf5 f --precision int8", "--precision has no effect with --audio-hdf5: nothing is encoded.")]
    [InlineData("predict a.mp4 --visual-weights w", "--visual-weights has no effect: visual-lld has no weights.")]
    [InlineData("predict a.mp4 --audio-weights w", "--audio-weights has no effect: audio-lld has no weights.")]
    [InlineData("predict a.mp4 --precision float32", "--precision has no effect")]
    [InlineData("predict a.mp4 --device cpu", "--device has no effect: no network runs here.")]
    [InlineData("predict a.mp4 --threads 2", "--threads has no effect")]
    [InlineData("extract a.mp4 --out x --visual none --visual-weights w", "--visual-weights has no effect: no picture is encoded.")]
    [InlineData("extract a.mp4 --out x --visual swin-t --audio none --audio-weights w", "--audio-weights has no effect: no sound is encoded.")]
    [InlineData("extract a.mp4 --out x --audio-weights w", "--audio-weights has no effect: audio-lld has no weights.")]
    [InlineData("extract a.mp4 --out x --precision bfloat16", "--precision has no effect")]
    [InlineData("extract a.mp4 --out x --audio vggish --precision int8", "--precision has no effect: int8 is for visual networks only.")]
    [InlineData("extract a.mp4 --out x --device cpu", "--device has no effect")]
    [InlineData("extract a.mp4 --out x --threads 2", "--threads has no effect")]
    [InlineData("extract a.mp4 --out x --visual onnx:net.onnx --threads 2", "--threads has no effect")]
    [InlineData("extract a.mp4 --out x --manifest m.csv", "--manifest and VIDEO|FOLDER exclude each other")]
    [InlineData("plan m.csv --visual-weights w", "--visual-weights has no effect")]
    [InlineData("plan m.csv --seeds 2", "--seeds has no effect without --seed-hours.")]
    [InlineData("evaluate --labels l --predictions p --model m", "--predictions and --model exclude each other")]
    [InlineData("evaluate --labels l --predictions p --features f", "--predictions and --features exclude each other")]
    [InlineData("evaluate --labels l --predictions p --visual-hdf5 f", "--predictions and --visual-hdf5 exclude each other")]
    [InlineData("evaluate --labels l --predictions p --device cpu", "--device has no effect without --model.")]
    [InlineData("evaluate --labels l --model m", "--model has no effect without --features, --visual-hdf5 or --audio-hdf5.")]
    [InlineData("evaluate --labels l --model affect --features f --device cpu", "--device has no effect: affect has no network.")]
    [InlineData("dataset check --csv l.csv --tolerance 1", "--tolerance has no effect without --videos or --features.")]
    [InlineData("models pull --all swin-l", "--all and NAME exclude each other")]
    [InlineData("models import-head f --out x --features f --visual swin-l", "--features and --visual exclude each other")]
    [InlineData("models import-head f --out x --features f --audio none", "--features and --audio exclude each other")]
    [InlineData("demo --films 0 --seconds 20", "--seconds has no effect with --films 0.")]
    [InlineData("reproduce --data d --set seed=3", "--set seed=3 has no effect")]
    [InlineData("doctor --quiet --verbose", "--quiet and --verbose exclude each other")]
    public async Task AnOptionWithoutEffectIsNamedWithTheReason(string line, string said)
    {
        CommandResult result = await CommandResult.OfAsync([.. line.Split(' ').Select(part => part == "x" ? _folder.File(part) : part)]);

        result.ExitCode.ShouldBe(ExitCode.WrongUse, result.Error);
        result.Error.ShouldContain(said);
        result.Out.ShouldBeEmpty();
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("predict a.mp4 --model m.safetensors --device cpu --threads 2 --precision float32")]
    [InlineData("predict --visual-hdf5 v.h5 --visual-rate 6 --visual swin-l --threads 2 --device cpu")]
    [InlineData("extract a.mp4 --out x --visual swin-t --visual-weights w --precision int8 --device cpu --threads 2")]
    [InlineData("evaluate --labels l --model m --audio-hdf5 a.h5 --audio-rate 1/0.96 --device cpu --missing-as-zeros")]
    [InlineData("plan m.csv --seeds 2 --seed-hours 3")]
    public void OptionsWithAnEffectAreTaken(string line) => EvokeCommandLine.Parse(line.Split(' ')).Mistakes.ShouldBeEmpty();
}
