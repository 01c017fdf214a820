
namespace Evoke.Cli.Predict;

/// <summary>A video and the name under which its results are written, which is also its id in them.</summary>
/// <param name="Path">As the person wrote it.</param>
/// <param name="Name">Unique within one run, also where the file system does not tell upper from lower case.</param>
internal sealed record NamedVideo(string Path, string Name)
{
    /// <summary>
    /// Names videos by their files, without extension. Of several with one name the first keeps it, the others get the next free number:
    /// <c>clip</c>, <c>clip-2</c>. A video that is named twice is taken once.
    /// </summary>
    /// <param name="paths">Videos, as the person wrote them.</param>
    /// <param name="tell">Is told, in a sentence each, what was not taken as it was written.</param>
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
                tell($"'{path}' is named twice; it is done once.");
            }
        }

        // Names that files have by themselves come first, so that "clip-2.mp4" is never pushed aside by a second "clip".
        HashSet<string> taken = new(videos.Select(StemOf), StringComparer.OrdinalIgnoreCase);
        HashSet<string> kept = new(StringComparer.OrdinalIgnoreCase);
        List<NamedVideo> named = [];
        foreach (string video in videos)
        {
            string stem = StemOf(video);
            string name = stem;
            if (!kept.Add(stem))
            {
                int number = 2;
                do
                {
                    name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{stem}-{number++}");
                }
                while (!taken.Add(name));
                tell($"'{video}' is written as {name}, as another video is named {stem}.");
            }

            named.Add(new NamedVideo(video, name));
        }

        return named;
    }

    private static string StemOf(string path)
    {
        string stem = System.IO.Path.GetFileNameWithoutExtension(path);
        // ".mp4", "folder/" and "..": nothing is left to name a file by.
        return stem.Trim('.', ' ').Length > 0 ? stem : "video";
    }
}
