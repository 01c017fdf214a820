using Evoke.Media.Videos;

namespace Evoke.Cli.Breaks;

/// <summary>A video or a prediction.</summary>
/// <param name="Path">As given.</param>
/// <param name="IsPrediction">True for a JSON file.</param>
internal sealed record BreakInput(string Path, bool IsPrediction)
{
    /// <summary>Tells predictions from videos by their ending, and searches folders for videos.</summary>
    /// <exception cref="NoVideosException">A folder has no video.</exception>
    public static IReadOnlyList<BreakInput> Of(IReadOnlyList<string> paths) =>
    [
        .. paths.SelectMany(path => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path)
            ? [new BreakInput(path, true)]
            : VideoFiles.Expand([path]).Select(video => new BreakInput(video, false))),
    ];
}
