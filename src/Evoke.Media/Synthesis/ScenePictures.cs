namespace Evoke.Media.Synthesis;

/// <summary>ffmpeg's filter chains for the picture of a <see cref="SyntheticScene"/>.</summary>
internal static class ScenePictures
{
    // Patterns are half as large again as the film, so that cuts can jump to another part of them.
    private const double Margin = 1.5;

    // A turn by the golden angle leads to a colour far from all before it.
    private const double GoldenAngle = 137.50776;

    /// <summary>The chains of scene <paramref name="index"/>; the last ends in [v0], [v1], …</summary>
    public static IEnumerable<string> Chains(SyntheticFilm film, int index)
    {
        SyntheticScene scene = film.Scenes[index];
        string shot = FormattableString.Invariant($"floor((n+1e-6)*{scene.CutsPerSecond:0.######}/{film.FrameRate})");
        double light = (2 * scene.Brightness) - 1; // Black and white have no colour.
        string look = FormattableString.Invariant(
            $"crop={film.Width}:{film.Height}:x='(iw-ow)*mod(0.31+{shot}*0.618034,1)':y='(ih-oh)*mod(0.47+{shot}*0.754878,1)':exact=1,")
            + FormattableString.Invariant($"hue=h='{scene.HueDegrees:0.###}+{GoldenAngle}*{shot}',eq=brightness={light:0.####}")
            + FormattableString.Invariant($":saturation={1 - Math.Pow(Math.Abs(light), 3):0.####},setsar=1,format=yuv420p[v{index}]");
        string pattern = Pattern(film, scene, scene.Pattern, seed: index + 1);
        if (scene.CutsPerSecond == 0)
        {
            return [$"{pattern},{look}"];
        }

        // Every other shot shows another pattern.
        string other = Pattern(film, scene, Other(scene.Pattern), seed: index + 101);
        return
        [
            FormattableString.Invariant($"{pattern}[p{index}]"),
            FormattableString.Invariant($"{other}[q{index}]"),
            FormattableString.Invariant($"[p{index}][q{index}]overlay=enable='mod({shot},2)':format=yuv420,{look}"),
        ];
    }

    private static ScenePattern Other(ScenePattern pattern) => pattern switch
    {
        ScenePattern.Gradients => ScenePattern.Automaton,
        ScenePattern.Plain => ScenePattern.Plain,
        _ => ScenePattern.Gradients,
    };

    private static string Pattern(SyntheticFilm film, SyntheticScene scene, ScenePattern pattern, int seed)
    {
        int frames = film.FramesOf(scene);
        int width = Even(film.Width * Margin);
        int height = Even(film.Height * Margin);
        string small = FormattableString.Invariant($"{Even(film.Width / 4.0)}x{Even(film.Height / 4.0)}");
        string source = pattern switch
        {
            ScenePattern.Gradients => Clouds(film, scene.Motion, seed),
            ScenePattern.Mandelbrot => Mandelbrot(film, scene, frames),
            ScenePattern.Life => Evolving(
                film, scene, frames, rate =>
                    $"life=size={small}:rate={rate}:mold=14:ratio=0.35:seed={seed}"
                    + ":life_color=0xffd060:mold_color=0x302050:death_color=0x702818,format=yuv420p"),
            ScenePattern.Automaton => Evolving(
                film, scene, frames, rate =>
                    $"cellauto=size={small}:rate={rate}:rule=110:random_seed={seed}:scroll=1,format=yuv420p,lutyuv=y=val*0.6+50:u='if(gt(val,0),96,0)':v=150"),
            ScenePattern.TestPicture =>
                Evolving(film, scene, frames, rate => FormattableString.Invariant($"testsrc2=size={film.Width}x{film.Height}:rate={rate},format=yuv420p")),
            _ => FormattableString.Invariant($"color=0xb04030:size=16x16:rate={film.FrameRate},format=yuv420p"),
        };
        string smooth = pattern is ScenePattern.Life or ScenePattern.Automaton ? "neighbor" : "bilinear";
        return FormattableString.Invariant($"{source},scale={width}:{height}:flags={smooth},trim=end_frame={frames},setpts=N/{film.FrameRate}/TB,setsar=1");
    }

    // Sums of sines, at a tenth of the size: soft, cheap, and of any speed. ffmpeg evaluates them for every point.
    private static string Clouds(SyntheticFilm film, double motion, int seed)
    {
        int width = Even(film.Width / 10.0);
        int height = Even(film.Height / 10.0);
        string t = FormattableString.Invariant($"st(0,{seed * 7.3:0.##}+N*{motion * 6 / film.FrameRate:0.########})"); // Later ld(0), in each expression.
        return FormattableString.Invariant($"color=gray:size={width}x{height}:rate={film.FrameRate},format=yuv444p,")
            + $"geq=lum='128+38*sin({t}+{X(1.3)})+34*sin({Y(1.7)}-ld(0)*1.3)+22*sin({X(0.7)}+{Y(1.1)}+ld(0)*0.7)'"
            + $":cb='106+34*sin({t}*-0.8+{X(0.9)})*cos({Y(0.8)}+ld(0)*0.4)':cr='158+34*sin({t}*0.6+{Y(0.9)}+1)*cos({X(0.5)}-ld(0)*0.5)'";

        string X(double waves) => FormattableString.Invariant($"X*{waves * 6.28 / width:0.########}");
        string Y(double waves) => FormattableString.Invariant($"Y*{waves * 6.28 / height:0.########}");
    }

    // Motion and length decide how deep the zoom goes.
    private static string Mandelbrot(SyntheticFilm film, SyntheticScene scene, int frames)
    {
        double depth = 1.2 * Math.Exp(-1.2 * scene.Motion * scene.Seconds);
        return FormattableString.Invariant($"mandelbrot=size={Even(film.Width / 2.0)}x{Even(film.Height / 2.0)}:rate={film.FrameRate}")
            + ":maxiter=250:start_x=-0.7436438:start_y=-0.1318259"
            + FormattableString.Invariant($":start_scale=1.2:end_scale={Math.Max(depth, 1e-7):0.##########}:end_pts={frames},format=yuv420p");
    }

    // Patterns that evolve in steps: motion sets the steps per second. The first steps of a cellular automaton are noise and are skipped.
    private static string Evolving(SyntheticFilm film, SyntheticScene scene, int frames, Func<string, string> source)
    {
        const int settled = 12;
        if (scene.Motion == 0)
        {
            return FormattableString.Invariant($"{source(FormattableString.Invariant($"{film.FrameRate}"))},trim=start_frame={settled}:end_frame={settled + 1}")
                + FormattableString.Invariant($",loop=loop={frames}:size=1:start=0,setpts=N/{film.FrameRate}/TB");
        }

        string rate = FormattableString.Invariant($"{Math.Max(1, Math.Round(film.FrameRate * scene.Motion * 1000))}/1000");
        return FormattableString.Invariant($"{source(rate)},trim=start_frame={settled},setpts=PTS-STARTPTS,fps={film.FrameRate}");
    }

    private static int Even(double length) => Math.Max(2, 2 * (int)Math.Round(length / 2));
}
