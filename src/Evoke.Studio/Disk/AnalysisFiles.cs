using Evoke.Files;
using Evoke.Studio.Options;

namespace Evoke.Studio.Disk;

/// <summary>The files of a video outside the database: its features, thumbnails, preview and ratings.</summary>
internal sealed class AnalysisFiles
{
    private const string PreviewEnding = ".mp4";
    private const int MostDeletions = 100;
    private readonly string _features;
    private readonly string _thumbnails;
    private readonly string _previews;
    private readonly string _ratings;

    /// <summary>Keeps files in <c>DataFolder/features</c>, <c>DataFolder/thumbnails</c>, <c>DataFolder/previews</c> and <c>DataFolder/ratings</c>; removes
    /// unfinished files that a killed process left an hour or more ago.</summary>
    public AnalysisFiles(StudioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _features = WritableFolder.Create(System.IO.Path.Combine(options.DataFolder, "features"));
        _thumbnails = WritableFolder.Create(System.IO.Path.Combine(options.DataFolder, "thumbnails"));
        _previews = WritableFolder.Create(System.IO.Path.Combine(options.DataFolder, "previews"));
        _ratings = WritableFolder.Create(System.IO.Path.Combine(options.DataFolder, "ratings"));
        foreach (string folder in new[] { _features, _thumbnails, _ratings })
        {
            foreach (string removed in Directory.EnumerateDirectories(folder).Where(path => UnfinishedFile.IsOne(System.IO.Path.GetFileName(path))))
            {
                Directory.Delete(removed, recursive: true); // Studio ended while it deleted them.
            }

            LeftoverCleaner.RemoveOld(folder, UnfinishedFile.LeftoverAge, subfolders: true);
        }
    }

    /// <summary>The path of a video's preview, whether or not it exists.</summary>
    public string PreviewPath(string videoId) => System.IO.Path.Combine(_previews, videoId + PreviewEnding);

    /// <summary>The folder of a video's features, with one file for each pair of encoders; created if missing.</summary>
    /// <exception cref="FileWriteException">It cannot be created.</exception>
    public string FeatureFolder(string videoId) => WritableFolder.Create(System.IO.Path.Combine(_features, videoId));

    /// <summary>The folder of a video's thumbnails, whether or not it exists.</summary>
    public string ThumbnailFolder(string videoId) => System.IO.Path.Combine(_thumbnails, videoId);

    /// <summary>The folder of all folders of ratings: one for each video that has some, named by its id.</summary>
    public string AllRatings => _ratings;

    /// <summary>The folder of a video's ratings, whether or not it exists.</summary>
    public string RatingFolder(string videoId) => System.IO.Path.Combine(_ratings, videoId);

    /// <summary>Deletes all of these files of a video, also while one of them is being written: its writer then finds the folder gone.</summary>
    public void Delete(string videoId)
    {
        foreach (string folder in new[] { _features, _thumbnails, _ratings }.Select(parent => System.IO.Path.Combine(parent, videoId)).Where(Directory.Exists))
        {
            string removed = UnfinishedFile.NameFor(folder);
            try
            {
                Directory.Move(folder, removed);
            }
            catch (DirectoryNotFoundException)
            {
                continue; // Another request has just deleted it.
            }

            DeleteRenamed(removed);
        }

        File.Delete(PreviewPath(videoId));
    }

    // Whoever was creating a file when the folder got its new name still creates it there, and nobody else does: so a few attempts are enough.
    private static void DeleteRenamed(string folder)
    {
        for (int left = MostDeletions; ; left--)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (left > 1 && Directory.Exists(folder))
            {
                Thread.Sleep(1);
            }
        }
    }
}
