namespace Evoke.Media.Synthesis;

/// <summary>ffmpeg's filter chain for the sound of a <see cref="SyntheticScene"/>.</summary>
internal static class SceneSounds
{
    // The largest value of sin x + sin(2x) / 2 + sin(3x) / 4.
    private const double TonePeak = 1.3876;
    private const double EdgeSeconds = 0.01;

    /// <summary>The chain of scene <paramref name="index"/>; it ends in [a0], [a1], …</summary>
    public static string Chain(SyntheticFilm film, int index)
    {
        SyntheticScene scene = film.Scenes[index];
        double seconds = film.FramesOf(scene) / (double)film.FrameRate;
        string phase = FormattableString.Invariant($"2*PI*{scene.PitchHertz:0.####}*t");
        string tone = FormattableString.Invariant($"(sin({phase})+0.5*sin(2*{phase})+0.25*sin(3*{phase}))/{TonePeak}");
        string mix = FormattableString.Invariant($"{1 - scene.Noise:0.####}*{tone}+{scene.Noise:0.####}*(2*random(0)-1)");
        string swell = scene.BeatsPerSecond == 0 ? "1" : FormattableString.Invariant($"(0.2+0.8*exp(-5*mod(t*{scene.BeatsPerSecond:0.####},1)))");
        string sound = scene.Loudness == 0
            ? FormattableString.Invariant($"anullsrc=channel_layout=mono:sample_rate={film.SampleRate}:duration={seconds:0.######}")
            : FormattableString.Invariant($"aevalsrc='{scene.Loudness:0.####}*{swell}*({mix})'")
                + FormattableString.Invariant($":channel_layout=mono:sample_rate={film.SampleRate}:duration={seconds:0.######}");

        // Soft edges: a jump between two sounds would be a click.
        double edge = Math.Min(EdgeSeconds, seconds / 4);
        return FormattableString.Invariant(
            $"{sound},afade=t=in:d={edge:0.####},afade=t=out:st={seconds - edge:0.######}:d={edge:0.####},aformat=sample_fmts=fltp[a{index}]");
    }
}
