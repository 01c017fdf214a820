using System.Globalization;
using System.Text;
using Evoke.Media.Synthesis;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>A video with an event: a still, quiet beginning, then motion and a loud tone, then stillness again.</summary>
internal static class StudioFilms
{
    private static readonly Lazy<Task<byte[]>> Scenes = new(MakeScenesAsync);

    public static Task<string> EventfulAsync(int seconds = 24)
    {
        string third = (seconds / 3.0).ToString(CultureInfo.InvariantCulture);
        string twoThirds = (seconds * 2 / 3.0).ToString(CultureInfo.InvariantCulture);
        return TestFilms.MakeAsync(
            "eventful.mp4",
            "-f", "lavfi", "-i", $"color=0x304050:size=320x180:rate=25:duration={third}[a];testsrc2=size=320x180:rate=25:duration={third},hue=H=4*t[b];"
                + $"color=0x405030:size=320x180:rate=25:duration={third}[c];[a][b][c]concat=n=3",
            "-f", "lavfi", "-i", $"aevalsrc='if(between(t,{third},{twoThirds}),0.8,0.02)*sin(2*PI*330*t)':sample_rate=44100:duration={seconds}",
            "-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart");
    }

    /// <summary>A film of 150 s whose loud, restless scenes end in quiet ones at 40 s and at 110 s. It is made once.</summary>
    public static async Task WriteScenesAsync(string path) =>
        await File.WriteAllBytesAsync(path, await Scenes.Value, TestContext.Current.CancellationToken);

    private static async Task<byte[]> MakeScenesAsync()
    {
        using TemporaryFolder folder = new();
        SyntheticFilm film = new() { Scenes = [Loud(40), Quiet(30), Loud(40), Quiet(40)], Width = 160, Height = 90, FrameRate = 12 };
        await film.WriteAsync(folder.File("scenes.mp4"));
        return await File.ReadAllBytesAsync(folder.File("scenes.mp4"));
    }

    private static SyntheticScene Loud(double seconds) => new()
    {
        Seconds = seconds,
        Pattern = ScenePattern.TestPicture,
        Motion = 0.9,
        CutsPerSecond = 1,
        Loudness = 0.7,
        Noise = 0.4,
    };

    private static SyntheticScene Quiet(double seconds) =>
        new() { Seconds = seconds, Pattern = ScenePattern.Plain, Brightness = 0.2, Motion = 0, Loudness = 0 };

    /// <summary>The same film as another file: with a box at its end that programs skip.</summary>
    public static byte[] Marked(byte[] film, string mark) => [.. film, 0, 0, 0, (byte)(8 + mark.Length), .. "free"u8, .. Encoding.ASCII.GetBytes(mark)];

    /// <summary>Another cut of the eventful film, without its first seconds.</summary>
    public static async Task<string> ShortenedAsync(int seconds = 24, int without = 3) => await TestFilms.MakeAsync(
        "shortened.mp4",
        "-ss", without.ToString(CultureInfo.InvariantCulture), "-i", await EventfulAsync(seconds),
        "-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart");

    /// <summary>The eventful film in a format that browsers cannot play.</summary>
    public static async Task<string> UnplayableAsync(string name = "reel.avi", int seconds = 24, string picture = "mpeg2video", string sound = "mp2") =>
        await TestFilms.MakeAsync(
            name, "-i", await EventfulAsync(seconds), "-c:v", picture, "-q:v", "4", "-c:a", sound, "-ar", "44100");
}
