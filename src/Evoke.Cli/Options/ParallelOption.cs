using System.CommandLine;
using Evoke.Encoders.Extraction;

namespace Evoke.Cli.Options;

/// <summary><c>--parallel</c> of verbs that decode videos.</summary>
internal static class ParallelOption
{
    /// <summary>The option.</summary>
    /// <param name="done">What happens to the videos: "predicted".</param>
    /// <param name="alone">For what the default is 1: "networks, which use all cores".</param>
    public static Option<int?> Create(string done, string alone) => NumberOptions.CountOrNone(
        "--parallel",
        $"Number of videos {done} at the same time. Default: the number of cores, at most {VideosAtOnce.Most}; 1 for {alone}.",
        "N");

    /// <summary>How many videos at once.</summary>
    /// <param name="given">What the option says; null if it was not given.</param>
    /// <param name="isAlone">True if the default is 1.</param>
    /// <param name="videos">How many there are.</param>
    public static int Number(int? given, bool isAlone, int videos) =>
        Math.Clamp(given ?? (isAlone ? 1 : VideosAtOnce.Usual), 1, Math.Max(1, videos));
}
