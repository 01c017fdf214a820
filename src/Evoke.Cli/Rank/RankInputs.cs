using System.Globalization;
using Evoke.Cli.Shell;
using Evoke.Files;
using Evoke.Files.Text;
using Evoke.Media.Videos;

namespace Evoke.Cli.Rank;

/// <summary>What is ranked, or searched for breaks: videos, each with its id, and files of predictions.</summary>
/// <param name="Videos">The videos by id.</param>
/// <param name="Predictions">Files that may be predictions; those in folders may also be something else.</param>
/// <param name="Named">Those of them that were named one by one.</param>
internal sealed record RankInputs(IReadOnlyList<VideoFile> Videos, IReadOnlyList<string> Predictions, IReadOnlySet<string> Named)
{
    private const string Ending = ".json", SchemeEnding = ".scheme.json";

    /// <summary>Finds both in files and folders. A folder with videos is one of videos; any other is searched for predictions.</summary>
    /// <param name="filesAndFolders">As given.</param>
    /// <param name="tell">Receives one sentence for each deviation from what was given.</param>
    /// <exception cref="WrongUseException">A folder has neither.</exception>
    /// <exception cref="FileReadException">A folder cannot be read.</exception>
    public static RankInputs Of(IReadOnlyList<string> filesAndFolders, Action<string> tell)
    {
        List<VideoFile> videos = [];
        List<string> predictions = [];
        HashSet<string> named = new(StringComparer.Ordinal);
        foreach (string path in filesAndFolders)
        {
            if (!Directory.Exists(path))
            {
                if (IsPrediction(path))
                {
                    predictions.Add(path);
                    named.Add(path);
                }
                else
                {
                    videos.Add(new VideoFile(VideoFiles.IdOf(path), path));
                }

                continue;
            }

            VideoFile[] inside = [.. VideosIn(path)];
            string[] files = PredictionsIn(path);
            videos.AddRange(inside);
            predictions.AddRange(inside.Length > 0 ? [] : files);
            if (inside.Length > 0 && files.Length > 0)
            {
                tell($"'{path}' has videos; the .json files in it are not read.");
            }
            else if (inside.Length + files.Length == 0)
            {
                throw new WrongUseException($"'{path}' has neither videos nor predictions of 'evoke predict --json'.");
            }
        }

        return new RankInputs(Distinct(videos, tell), [.. predictions.DistinctBy(Path.GetFullPath)], named);
    }

    /// <summary>What is said of files in folders that were something else than predictions.</summary>
    public static string LeftOut(int others) => $"{Quantity.Of(others, ".json file")} {(others == 1 ? "is" : "are")} not predictions and left out";

    // Two files of one name in different folders differ by these.
    private static IEnumerable<VideoFile> VideosIn(string folder)
    {
        IReadOnlyList<string> files;
        try
        {
            files = VideoFiles.Expand([folder]);
        }
        catch (NoVideosException)
        {
            return []; // a folder of predictions
        }

        return files.Select(file => new VideoFile(
            Path.Combine(Path.GetRelativePath(folder, Path.GetDirectoryName(file)!) is "." ? "" : Path.GetRelativePath(folder, Path.GetDirectoryName(file)!),
                VideoFiles.IdOf(file)).Replace(Path.DirectorySeparatorChar, '/'),
            file));
    }

    private static string[] PredictionsIn(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false })
                .Where(IsPrediction).Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(folder, error);
        }
    }

    private static bool IsPrediction(string path) =>
        path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) && !path.EndsWith(SchemeEnding, StringComparison.OrdinalIgnoreCase);

    // Ids are names of files, which some systems do not tell apart by case.
    private static List<VideoFile> Distinct(List<VideoFile> videos, Action<string> tell)
    {
        VideoFile[] once = [.. videos.DistinctBy(video => Path.GetFullPath(video.Path), StringComparer.Ordinal)];
        HashSet<string> taken = new(once.Select(video => video.VideoId), StringComparer.OrdinalIgnoreCase);
        HashSet<string> kept = new(StringComparer.OrdinalIgnoreCase);
        List<VideoFile> distinct = [];
        foreach (VideoFile video in once)
        {
            string id = video.VideoId;
            if (!kept.Add(id))
            {
                int number = 2;
                do
                {
                    id = string.Create(CultureInfo.InvariantCulture, $"{video.VideoId}-{number++}");
                }
                while (!taken.Add(id));
                tell($"'{video.Path}' has the id {id}, because another video is named {video.VideoId}.");
            }

            distinct.Add(new VideoFile(id, video.Path));
        }

        return distinct;
    }
}
