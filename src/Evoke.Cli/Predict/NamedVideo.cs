using Evoke.Encoders.Extraction;

namespace Evoke.Cli.Predict;

/// <summary>A video and the name under which its results are written, which is also its id in them.</summary>
/// <param name="Path">As given.</param>
/// <param name="Name">Unique within one run, also on file systems that ignore case.</param>
internal sealed record NamedVideo(string Path, string Name)
{
    /// <summary>
    /// Names videos by their files, without extension. If several have the same name, the first keeps it and the others get the next free number:
    /// <c>clip</c>, <c>clip-2</c>. The name <c>failures</c> is reserved for the list of failures. A video that is given twice is processed once.
    /// </summary>
    /// <param name="paths">Videos, as given.</param>
    /// <param name="tell">Receives one sentence for each deviation from what was given.</param>
    public static IReadOnlyList<NamedVideo> Of(IReadOnlyList<string> paths, Action<string> tell)
    {
        List<string> videos = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            if (seen.Add(System.IO.Path.GetFullPath(path)))
            {
                videos.Add(path);
            }
            else
            {
                tell($"'{path}' is named twice; it is processed once.");
            }
        }

        // Original names come first, so that "clip-2.mp4" never loses its name to a second "clip".
        HashSet<string> taken = new(videos.Select(StemOf), StringComparer.OrdinalIgnoreCase);
        HashSet<string> kept = new([FailureList.Name], StringComparer.OrdinalIgnoreCase);
        List<NamedVideo> named = [];
        foreach (string video in videos)
        {
            string stem = StemOf(video);
            string name = stem;
            if (!kept.Add(stem))
            {
                kept.TryGetValue(stem, out string? other);
                int number = 2;
                do
                {
                    name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{stem}-{number++}");
                }
                while (!taken.Add(name));
                string why = stem.Equals(FailureList.Name, StringComparison.OrdinalIgnoreCase)
                    ? $"{FailureList.Name}.csv lists the videos that failed"
                    : $"another video is named {other}";
                tell($"'{video}' is written as {name}, because {why}.");
            }

            named.Add(new NamedVideo(video, name));
        }

        return named;
    }

    private static string StemOf(string path)
    {
        string stem = System.IO.Path.GetFileNameWithoutExtension(path);
        // ".mp4", "folder/" and "..": nothing is left for a file name.
        return stem.Trim('.', ' ').Length > 0 ? stem : "video";
    }
}
