using Evoke.Cli.Rank;

namespace Evoke.Cli.Breaks;

/// <summary>A video or a prediction.</summary>
/// <param name="Path">As given, or in a folder that was given.</param>
/// <param name="Id">The id of a video; null for a prediction, which has its own.</param>
/// <param name="MayBeOther">True for a JSON file in a folder: it may be something else than a prediction.</param>
internal sealed record BreakInput(string Path, string? Id, bool MayBeOther)
{
    /// <summary>True for a JSON file.</summary>
    public bool IsPrediction => Id is null;

    /// <summary>Finds the same videos and predictions, with the same ids, as <c>evoke rank</c>.</summary>
    /// <param name="paths">As given.</param>
    /// <param name="tell">Receives one sentence for each deviation from what was given.</param>
    /// <exception cref="Shell.WrongUseException">A folder has neither videos nor predictions.</exception>
    /// <exception cref="Files.FileReadException">A folder cannot be read.</exception>
    public static IReadOnlyList<BreakInput> Of(IReadOnlyList<string> paths, Action<string> tell)
    {
        RankInputs found = RankInputs.Of(paths, tell);
        return
        [
            .. found.Videos.Select(video => new BreakInput(video.Path, video.VideoId, false)),
            .. found.Predictions.Select(path => new BreakInput(path, null, !found.Named.Contains(path))),
        ];
    }
}
