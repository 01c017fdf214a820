namespace Evoke.Media.Synthesis;

/// <summary>ffmpeg's arguments for a <see cref="SyntheticFilm"/>.</summary>
internal static class SyntheticFilmCommand
{
    /// <summary>The arguments without the program's name.</summary>
    public static IReadOnlyList<string> For(SyntheticFilm film, string path)
    {
        List<string> chains = [];
        for (int i = 0; i < film.Scenes.Length; i++)
        {
            chains.AddRange(ScenePictures.Chains(film, i));
            chains.Add(SceneSounds.Chain(film, i));
        }

        string parts = string.Concat(Enumerable.Range(0, film.Scenes.Length).Select(i => FormattableString.Invariant($"[v{i}][a{i}]")));
        chains.Add(FormattableString.Invariant($"{parts}concat=n={film.Scenes.Length}:v=1:a=1[v][a]"));
        return
        [
            "-nostdin", "-hide_banner", "-nostats", "-loglevel", "error", "-y",
            "-progress", "pipe:1", // For the stall clock.
            "-filter_complex", string.Join(';', chains), "-map", "[v]", "-map", "[a]",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p", "-threads:v", "2", // A fixed number: x264's choices depend on it.
            "-c:a", "aac", "-b:a", "128k", "-aac_coder", "fast", // The usual one takes a quarter of the time of a small film.
            "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart", "-f", "mp4", "file:" + path,
        ];
    }
}
