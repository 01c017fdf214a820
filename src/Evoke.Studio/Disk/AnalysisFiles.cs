using Evoke.Files;
using Evoke.Studio.Options;

namespace Evoke.Studio.Disk;

/// <summary>Files that belong to a video beside the database: its features, its thumbnails and its preview.</summary>
public sealed class AnalysisFiles
{
    private const string PreviewEnding = ".mp4";
    private readonly string _features;
    private readonly string _thumbnails;
    private readonly string _previews;

    /// <summary>Keeps files in <c>DataFolder/features</c>, <c>DataFolder/thumbnails</c> and <c>DataFolder/previews</c>; what a run that was killed an hour
    /// ago or more left unfinished is removed.</summary>
    public AnalysisFiles(StudioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _features = WritableFolder.Create(System.IO.Path.Combine(options.DataFolder, "features"));
        _thumbnails = WritableFolder.Create(System.IO.Path.Combine(options.DataFolder, "thumbnails"));
        _previews = WritableFolder.Create(System.IO.Path.Combine(options.DataFolder, "previews"));
        foreach (string folder in new[] { _features, _thumbnails })
        {
            LeftoverCleaner.RemoveOld(folder, UnfinishedFile.LeftoverAge, subfolders: true);
        }
    }

    /// <summary>The file of a video's preview, there or not.</summary>
    public string PreviewPath(string videoId) => System.IO.Path.Combine(_previews, videoId + PreviewEnding);

    /// <summary>The folder of a video's features, one file for each pair of encoders; made if missing.</summary>
    public string FeatureFolder(string videoId) => Directory.CreateDirectory(System.IO.Path.Combine(_features, videoId)).FullName;

    /// <summary>The folder of a video's thumbnails; made if missing.</summary>
    public string ThumbnailFolder(string videoId) => Directory.CreateDirectory(System.IO.Path.Combine(_thumbnails, videoId)).FullName;

    /// <summary>Removes everything of a video.</summary>
    public void Delete(string videoId)
    {
        foreach (string folder in new[] { _features, _thumbnails }.Select(parent => System.IO.Path.Combine(parent, videoId)).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(PreviewPath(videoId));
    }
}
