namespace Evoke.Studio.Library;

/// <summary>Files that belong to a video beside the database: its features and its thumbnails.</summary>
public sealed class AnalysisFiles
{
    private readonly string _features;
    private readonly string _thumbnails;

    /// <summary>Keeps files in <c>DataFolder/features</c> and <c>DataFolder/thumbnails</c>.</summary>
    public AnalysisFiles(StudioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _features = Directory.CreateDirectory(System.IO.Path.Combine(options.DataFolder, "features")).FullName;
        _thumbnails = Directory.CreateDirectory(System.IO.Path.Combine(options.DataFolder, "thumbnails")).FullName;
    }

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
    }
}
