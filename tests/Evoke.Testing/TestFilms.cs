using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace Evoke.Testing;

/// <summary>Odd films for tests, made by ffmpeg on first use and kept in a folder of the system's temporary files.</summary>
public static class TestFilms
{
    /// <summary>Width and height of <see cref="NumberedAsync"/>'s pictures.</summary>
    public const int NumberedWidth = 128, NumberedHeight = 16;

    private const int NumberBits = 16;
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "evoke-test-films");
    private static readonly string[] NearlyLossless = ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "4", "-pix_fmt", "yuv420p"];
    private static readonly string[] Aac = ["-c:a", "aac", "-b:a", "128k"];

    /// <summary>A film that is black and silent but for a white flash and a 1 kHz beep of 0.2 s at each of <paramref name="at"/>.</summary>
    /// <param name="seconds">Length of the picture.</param>
    /// <param name="at">When flashes and beeps begin, in seconds of the picture's clock.</param>
    /// <param name="extension">Which container: "mp4", "mkv", "ts".</param>
    /// <param name="rate">Frames per second.</param>
    /// <param name="soundStart">When the sound stream begins, in seconds of the picture's clock; before 0: before the picture.</param>
    /// <param name="clockStart">What the container's clock says when the film begins.</param>
    public static Task<string> FlashesAndBeepsAsync(
        double seconds, IReadOnlyList<double> at, string extension = "mp4", int rate = 30, double soundStart = 0, double clockStart = 0)
    {
        string flashes = Pulses(at, 0);
        string beeps = Pulses(at, soundStart);
        double pictureStart = Math.Max(0, -soundStart);
        string[] codec = extension == "avi" ? ["-c:a", "pcm_s16le"] : Aac; // AVI has no times: AAC's lead-in would shift the picture.
        return MakeAsync(
            "flashes." + extension,
            [
                "-itsoffset", Invariant($"{pictureStart:0.######}"),
                "-f", "lavfi", "-i", Invariant($"color=black:size=160x120:rate={rate}:duration={seconds},drawbox=color=white:t=fill:enable='{flashes}'"),
                "-itsoffset", Invariant($"{pictureStart + soundStart:0.######}"),
                "-f", "lavfi", "-i", Invariant($"aevalsrc='0.8*sin(2*PI*1000*t)*({beeps})':sample_rate=48000:duration={seconds - soundStart}"),
                "-map", "0:v", "-map", "1:a", .. NearlyLossless, "-g", Invariant($"{rate}"), "-vsync", "passthrough", .. codec, "-output_ts_offset",
                Invariant($"{clockStart:0.######}"),
            ]);
    }

    /// <summary>A film whose frames carry their number: read it with <see cref="NumberOf"/>.</summary>
    /// <param name="name">File name; its extension picks the container.</param>
    /// <param name="rate">Frames per second, as ffmpeg takes it: "25", "30000/1001".</param>
    /// <param name="frames">How many.</param>
    /// <param name="filters">Filters applied to the numbered frames, for example "setpts=..."; empty for none.</param>
    /// <param name="more">More output options.</param>
    public static Task<string> NumberedAsync(string name, string rate, int frames, string filters = "", params string[] more)
    {
        string source = Invariant($"color=black:size={NumberedWidth}x{NumberedHeight}:rate={rate},format=gray,trim=end_frame={frames}");
        string number = Invariant($"geq=lum='255*mod(floor(N/pow(2,floor(X*{NumberBits}/{NumberedWidth}))),2)'");
        return MakeAsync(
            name,
            ["-f", "lavfi", "-i", $"{source},{number}{(filters.Length == 0 ? "" : "," + filters)}", .. NearlyLossless, "-vsync", "passthrough", .. more]);
    }

    /// <summary>The number that a frame of <see cref="NumberedAsync"/> carries; the frame has the film's own size.</summary>
    public static int NumberOf(ReadOnlySpan<byte> rgb)
    {
        int number = 0;
        const int column = NumberedWidth / NumberBits;
        for (int bit = 0; bit < NumberBits; bit++)
        {
            int pixel = (NumberedHeight / 2 * NumberedWidth) + (bit * column) + (column / 2);
            number |= rgb[pixel * 3] > 127 ? 1 << bit : 0;
        }

        return number;
    }

    /// <summary>A film of four coloured quarters: red and green above, blue and white below.</summary>
    /// <param name="name">File name; its extension picks the container.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="more">More output options: codec and pixel format; nothing for H.264.</param>
    public static Task<string> QuartersAsync(string name, int width = 160, int height = 120, params string[] more)
    {
        string source = Invariant($"color=red:size={width}x{height}:rate=10:duration=1,format=yuv444p,drawbox=x=iw/2:y=0:w=iw/2:h=ih/2:color=lime:t=fill")
            + ",drawbox=x=0:y=ih/2:w=iw/2:h=ih/2:color=blue:t=fill,drawbox=x=iw/2:y=ih/2:w=iw/2:h=ih/2:color=white:t=fill";
        return MakeAsync(name, ["-f", "lavfi", "-i", source, .. more.Length == 0 ? NearlyLossless : more]);
    }

    /// <summary><see cref="QuartersAsync"/>, stored upright and marked to be turned, and mirrored before that, as phones do.</summary>
    /// <param name="clockwise">0, 90, 180 or 270 degrees.</param>
    /// <param name="mirrored">True to mirror left to right first.</param>
    public static async Task<string> RotatedAsync(int clockwise, bool mirrored = false)
    {
        string upright = await QuartersAsync("upright.mp4");
        byte[] bytes = await File.ReadAllBytesAsync(upright);

        // The track header's matrix (ISO/IEC 14496-12, 8.3.2), 40 bytes into its content: a b u, c d v, x y w.
        int matrix = bytes.AsSpan().IndexOf("tkhd"u8) + 4 + 40;
        (int cos, int sin) = clockwise switch { 90 => (0, 1), 180 => (-1, 0), 270 => (0, -1), _ => (1, 0) };
        int side = mirrored ? -1 : 1;
        foreach ((int cell, int value) in new[] { (0, side * cos), (1, side * sin), (3, -sin), (4, cos) })
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(matrix + (cell * 4)), value * 65536);
        }

        return await KeepAsync(Path.Combine(Path.GetDirectoryName(upright)!, Invariant($"turned{clockwise}{(mirrored ? "m" : "")}.mp4")), bytes);
    }

    /// <summary><see cref="OrdinaryAsync"/>, cut off: the first <paramref name="share"/> of its bytes.</summary>
    /// <param name="extension">Which container.</param>
    /// <param name="share">0 to 1.</param>
    /// <param name="seconds">Length before the cut.</param>
    public static async Task<string> TruncatedAsync(string extension, double share, int seconds = 10)
    {
        string whole = await OrdinaryAsync(extension, seconds);
        byte[] bytes = await File.ReadAllBytesAsync(whole);
        return await KeepAsync(Path.Combine(Path.GetDirectoryName(whole)!, Invariant($"cut{share}.{extension}")), bytes[..(int)(bytes.Length * share)]);
    }

    /// <summary>An ordinary film: moving test picture, 25 frames a second, with a tone; an MP4's index comes first.</summary>
    /// <param name="extension">Which container: "mp4", "mkv", "ts", "avi", "mov".</param>
    /// <param name="seconds">Length.</param>
    public static Task<string> OrdinaryAsync(string extension = "mp4", double seconds = 3)
    {
        string[] first = extension is "mp4" or "mov" ? ["-movflags", "+faststart"] : [];
        return MakeAsync(
            "ordinary." + extension,
            [
                "-f", "lavfi", "-i", Invariant($"testsrc2=size=320x180:rate=25:duration={seconds}"),
                "-f", "lavfi", "-i", Invariant($"sine=frequency=440:sample_rate=44100:duration={seconds}"),
                "-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", .. Aac, .. first,
            ]);
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

        // Test projects run side by side: each writes its own file, and the last to finish renames it into place.
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

    /// <summary>Writes a file unless it is there; test projects may do so at the same time.</summary>
    public static async Task<string> KeepAsync(string path, byte[] bytes)
    {
        if (!File.Exists(path))
        {
            string unfinished = path + Guid.NewGuid().ToString("N");
            await File.WriteAllBytesAsync(unfinished, bytes);
            File.Move(unfinished, path, overwrite: true);
        }

        return path;
    }

    /// <summary>What ffprobe writes about a file when run with <paramref name="arguments"/>.</summary>
    public static async Task<string> ProbeAsync(string path, params string[] arguments)
    {
        BufferedCommandResult result = await Cli.Wrap("ffprobe").WithArguments(["-loglevel", "error", .. arguments, path]).ExecuteBufferedAsync();
        return result.StandardOutput;
    }

    private static string Pulses(IReadOnlyList<double> at, double start) =>
        at.Count == 0 ? "0" : string.Join('+', at.Select(t => Invariant($"between(t,{t - start - 1e-4:0.######},{t - start + 0.2 - 2e-4:0.######})")));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
