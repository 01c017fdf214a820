using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace Evoke.Testing;

/// <summary>Odd films for tests, made by ffmpeg on first use and kept in a folder of the system's temporary files.</summary>
public static class TestFilms
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "evoke-test-films");

    /// <summary>A film of <paramref name="seconds"/> seconds that is black and silent but for a white flash and a 1 kHz beep of 0.2 s at each of <paramref name="at"/>.</summary>
    /// <param name="seconds">Length.</param>
    /// <param name="at">When flashes and beeps begin, in seconds.</param>
    /// <param name="extension">Which container: "mp4", "mkv", "ts".</param>
    /// <param name="rate">Frames per second.</param>
    public static Task<string> FlashesAndBeepsAsync(double seconds, IReadOnlyList<double> at, string extension = "mp4", int rate = 30)
    {
        string when = string.Join('+', at.Select(t => Invariant($"between(t,{t:0.######},{t + 0.2 - 1e-4:0.######})")));
        return MakeAsync(
            "flashes." + extension,
            "-f", "lavfi", "-i", Invariant($"color=black:size=160x120:rate={rate}:duration={seconds},drawbox=color=white:t=fill:enable='{when}'"),
            "-f", "lavfi", "-i", Invariant($"aevalsrc='0.8*sin(2*PI*1000*t)*({when})':sample_rate=48000:duration={seconds}"),
            "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k");
    }

    /// <summary>Runs ffmpeg with <paramref name="arguments"/> and an output file, once per machine; gives the path of the file.</summary>
    /// <param name="name">File name to end with; its extension picks the container.</param>
    /// <param name="arguments">Everything before the output's name.</param>
    public static async Task<string> MakeAsync(string name, params string[] arguments)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name + '\n' + string.Join('\n', arguments))))[..16];
        string folder = Path.Combine(Folder, key);
        string path = Path.Combine(folder, name);
        if (File.Exists(path))
        {
            return path;
        }

        // Test projects run side by side: each makes its own file, the last to finish gives it its name.
        Directory.CreateDirectory(folder);
        string unfinished = Path.Combine(folder, Guid.NewGuid().ToString("N") + Path.GetExtension(name));
        BufferedCommandResult result = await Cli.Wrap("ffmpeg")
            .WithArguments(["-nostdin", "-loglevel", "error", "-y", .. arguments, "file:" + unfinished])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        if (result.ExitCode != 0)
        {
            File.Delete(unfinished);
            throw new InvalidOperationException($"ffmpeg could not make the test film {name}: {result.StandardError}");
        }

        File.Move(unfinished, path, overwrite: true);
        return path;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
