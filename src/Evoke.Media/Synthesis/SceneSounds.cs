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
        string swelling = scene.BeatsPerSecond == 0 ? "" : FormattableString.Invariant($"(0.2+0.8*exp(-5*mod(t*{scene.BeatsPerSecond:0.####},1)))*");
        string mix = (scene.Noise, 1 - scene.Noise) switch
        {
            (0, _) => Tone(scene, 1),
            (var noise, 0) => Noise(noise),
            var (noise, tone) => $"({Tone(scene, tone)}+{Noise(noise)})",
        };
        string sound = scene.Loudness == 0
            ? FormattableString.Invariant($"anullsrc=channel_layout=mono:sample_rate={film.SampleRate}:duration={seconds:0.######}")
            : FormattableString.Invariant($"aevalsrc='{scene.Loudness:0.####}*{swelling}{mix}'")
                + FormattableString.Invariant($":channel_layout=mono:sample_rate={film.SampleRate}:duration={seconds:0.######}");

        // Soft edges: a jump between two sounds would be a click.
        double edge = Math.Min(EdgeSeconds, seconds / 4);
        return FormattableString.Invariant(
            $"{sound},afade=t=in:d={edge:0.####},afade=t=out:st={seconds - edge:0.######}:d={edge:0.####},aformat=sample_fmts=fltp[a{index}]");
    }

    // ffmpeg evaluates this for every sample: sin x + sin(2x) / 2 + sin(3x) / 4 = s (1.75 + cos x - s^2), where s = sin x.
    private static string Tone(SyntheticScene scene, double share)
    {
        string phase = FormattableString.Invariant($"{2 * Math.PI * scene.PitchHertz:0.############}*t");
        return FormattableString.Invariant($"{share / TonePeak:0.########}*st(1,sin({phase}))*(1.75+cos({phase})-ld(1)*ld(1))");
    }

    // ffmpeg keeps the state of random(0) in variable 0.
    private static string Noise(double share) => FormattableString.Invariant($"{share:0.####}*(2*random(0)-1)");
}
