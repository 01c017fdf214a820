using CliWrap;
using CliWrap.Buffered;

namespace Evoke.Bench;

/// <summary>Many short clips from the command to their files, against ffmpeg decoding them one by one.</summary>
internal sealed class ClipsBenchmark : IBenchmark
{
    private const int Clips = 40;
    private const int Rounds = 3;

    public string Name => "clips";

    public string Summary =>
        "40 clips of 10 s through evoke predict, one at a time and several at once, against ffmpeg decoding them one by one [CLIP] (aim: 1.1x)";

    public void Run(IReadOnlyList<string> arguments)
    {
        string clip = arguments.Count > 0 ? arguments[0] : ExtractBenchmark.MakeFilm(seconds: 10);
        string folder = Directory.CreateTempSubdirectory("evoke-bench-clips-").FullName;
        try
        {
            for (int i = 0; i < Clips; i++)
            {
                File.Copy(clip, Path.Combine(folder, $"{i:00}{Path.GetExtension(clip)}"));
            }

            Measurement plain = ExtractBenchmark.DecodingAlone(clip, Clips);
            plain = new Measurement(plain.Best * Clips, plain.Median * Clips);
            Measurement single = Predict(folder, "--parallel", "1");
            Measurement several = Predict(folder);
            Measurement one = Measurement.Of(() => Evoke("predict", clip, "--out", Path.Combine(folder, "one")), rounds: 9);
            Measurement help = Measurement.Of(() => Evoke("--help"), rounds: 9);
            Table.Print(
                ["", "best", "median", "ratio"],
                ["ffmpeg, decoding one by one", Table.Seconds(plain.Best), Table.Seconds(plain.Median), "1.00"],
                ["evoke predict --parallel 1", Table.Seconds(single.Best), Table.Seconds(single.Median), Table.Ratio(single.Median / plain.Median)],
                ["evoke predict", Table.Seconds(several.Best), Table.Seconds(several.Median), Table.Ratio(several.Median / plain.Median)],
                ["evoke predict, one clip", Table.Seconds(one.Best), Table.Seconds(one.Median), Table.Ratio(one.Median / (plain.Median / Clips))],
                ["evoke --help", Table.Seconds(help.Best), Table.Seconds(help.Median), ""]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Measurement Predict(string folder, params string[] more) =>
        Measurement.Of(() => Evoke(["predict", folder, "--out", Path.Combine(folder, "out"), .. more]), Rounds);

    private static void Evoke(params string[] arguments) =>
        Cli.Wrap("dotnet").WithArguments([EvokeProgram.Path, .. arguments]).ExecuteBufferedAsync().GetAwaiter().GetResult();
}
