using System.Globalization;
using CliWrap;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Extraction;

namespace Evoke.Bench;

/// <summary>Low-level features against plain decoding of the same film by ffmpeg: the cost that Evoke adds to decoding.</summary>
internal sealed class ExtractBenchmark : IBenchmark
{
    private const int Rounds = 5;

    public string Name => "extract";

    public string Summary =>
        "extract with the low-level encoders against ffmpeg decoding the same film [FILM]; without FILM, two minutes of 720p H.264 are generated";

    public void Run(IReadOnlyList<string> arguments)
    {
        string film = arguments.Count > 0 ? arguments[0] : MakeFilm();
        Measurement plain = DecodingAlone(film, Rounds);
        double seconds = 0;
        using IVisualEncoder visual = EncoderCatalog.CreateDefault().Visual.Create("visual-lld");
        using IAudioEncoder audio = EncoderCatalog.CreateDefault().Audio.Create("audio-lld");
        FeatureExtractor extractor = new(visual, audio);
        Measurement ours = Measurement.Of(() => seconds = extractor.ExtractAsync(film).GetAwaiter().GetResult().DurationSeconds, Rounds);
        Table.Print(
            ["", "best", "median", "x real time", "ratio"],
            ["ffmpeg, decoding alone", Table.Seconds(plain.Best), Table.Seconds(plain.Median), Table.Times(seconds / plain.Median.TotalSeconds), "1.00"],
            [
                "evoke extract, visual-lld + audio-lld", Table.Seconds(ours.Best), Table.Seconds(ours.Median), Table.Times(seconds / ours.Median.TotalSeconds),
                Table.Ratio(ours.Median / plain.Median)]);
    }

    /// <summary>A film of 720p H.264 at 4 Mbit/s with a tone; generated once, then kept in the temporary folder.</summary>
    internal static string MakeFilm(int seconds = 120)
    {
        string path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"evoke-bench-720p-{seconds}s-4M.mp4"));
        if (!File.Exists(path))
        {
            string part = path + ".part.mp4";
            string duration = seconds.ToString(CultureInfo.InvariantCulture);
            Ffmpeg(
                "-y", "-f", "lavfi", "-i", $"testsrc2=size=1280x720:rate=25:duration={duration},noise=alls=6:allf=t", "-f", "lavfi", "-i",
                $"sine=frequency=330:sample_rate=48000:duration={duration}",
                "-c:v", "libx264", "-preset", "veryfast", "-b:v", "4M", "-pix_fmt", "yuv420p", "-c:a", "aac", part);
            File.Move(part, path);
        }

        return path;
    }

    /// <summary>How long ffmpeg takes to decode picture and sound and discard them.</summary>
    internal static Measurement DecodingAlone(string film, int rounds) =>
        Measurement.Of(() => Ffmpeg("-i", film, "-map", "0:v:0", "-map", "0:a:0?", "-f", "null", "-"), rounds);

    private static void Ffmpeg(params string[] arguments) =>
        Cli.Wrap("ffmpeg").WithArguments(["-nostdin", "-v", "error", .. arguments]).ExecuteAsync().GetAwaiter().GetResult();
}
