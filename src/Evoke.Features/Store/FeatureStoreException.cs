using Evoke.Files;

namespace Evoke.Features.Store;

/// <summary>A file is not a feature file, or contradicts itself; the message names it, what was expected and what was found.</summary>
public sealed class FeatureFileException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public FeatureFileException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}

/// <summary>A feature store has no features of a video.</summary>
public sealed class FeaturesMissingException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public FeaturesMissingException(string videoId, string folder)
        : base($"The feature store '{folder}' has no features of the video '{videoId}'.") => VideoId = videoId;

    /// <summary>The requested video.</summary>
    public string VideoId { get; }
}

/// <summary>The folder of a feature store does not exist.</summary>
public sealed class FeatureStoreMissingException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public FeatureStoreMissingException(string folder)
        : base($"There is no feature store '{folder}': expected a folder of feature files, as 'evoke extract' writes it.") => Folder = folder;

    /// <summary>The folder.</summary>
    public string Folder { get; }
}
