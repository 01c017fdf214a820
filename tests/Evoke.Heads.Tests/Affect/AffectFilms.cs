using Evoke.Encoders.Extraction;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features;
using Evoke.Testing;

namespace Evoke.Heads.Tests.Affect;

/// <summary>What is seen and heard in one half of a generated film.</summary>
/// <param name="Motion">Speed of the picture in frame widths per second.</param>
/// <param name="CutsPerSecond">Cuts to another picture; 0 for none.</param>
/// <param name="Amplitude">Peak amplitude of the tone.</param>
/// <param name="PitchHertz">Pitch of the tone.</param>
internal sealed record Half(double Motion, double CutsPerSecond, double Amplitude, double PitchHertz);

/// <summary>Films of 40 s in two halves, so that one thing at a time can change at second 20.</summary>
internal static class AffectFilms
{
    public const int HalfSeconds = 20;
    private const int Width = 320;

    public static async Task<VideoFeatures> ExtractAsync(Half first, Half second, CancellationToken cancellationToken)
    {
        string amplitude = Switch(first.Amplitude, second.Amplitude);
        string pitch = Switch(first.PitchHertz, second.PitchHertz);
        string film = await TestFilms.MakeAsync(
            "halves.mkv",
            "-f", "lavfi", "-i", Shot("110+55*sin(X/11)*cos(Y/8)+35*sin((X+2*Y)/23)", "128+40*sin(X/50)", first, second),
            "-f", "lavfi", "-i", Shot("170+35*sin(X/17+Y/13)+25*cos((X-Y)/7)", "90+20*cos(Y/40)", first, second),
            "-f", "lavfi", "-i",
            Invariant(
                $"aevalsrc='{amplitude}*sin(2*PI*t*{pitch})':s=16000:d={2 * HalfSeconds}"),
            "-filter_complex", Invariant($"[0:v][1:v]overlay=enable='{Switch(Other(first), Other(second))}'[v]"),
            "-map", "[v]", "-map", "2:a", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-pix_fmt", "yuv420p", "-c:a", "flac");
        using VisualLowLevelEncoder eye = new();
        using AudioLowLevelEncoder ear = new();
        return await new FeatureExtractor(eye, ear).ExtractAsync(film, "film", cancellationToken: cancellationToken);
    }

    // A wide still picture that the camera travels along.
    private static string Shot(string luma, string blue, Half first, Half second)
    {
        int wide = Width + (int)Math.Ceiling(Math.Max(first.Motion, second.Motion) * HalfSeconds * Width) + 2;
        string x = Invariant($"if(lt(t,{HalfSeconds}),{first.Motion * Width}*t,{second.Motion * Width}*(t-{HalfSeconds}))");
        string still = Invariant($"color=c=black:s={wide - (wide % 2)}x180:r=12:d=0.08,format=yuv444p,geq=lum='{luma}':cb='{blue}':cr=120");
        return still + Invariant($",loop=loop=-1:size=1,setpts=N/12/TB,trim=duration={2 * HalfSeconds},crop=w={Width}:h=180:x='{x}':y=0");
    }

    // Which of two pictures is seen: 1 for the other one.
    private static string Other(Half half) => half.CutsPerSecond > 0 ? Invariant($"mod(floor(t*{half.CutsPerSecond}),2)") : "0";

    private static string Switch(object first, object second) => Invariant($"if(lt(t,{HalfSeconds}),{first},{second})");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
