using System.CommandLine;
using Evoke.Encoders.Extraction;

namespace Evoke.Cli.Options;

/// <summary><c>--parallel</c> of verbs that decode videos: how many at the same time, and by how many threads each.</summary>
internal static class VideosAtOnce
{
    private const int MostAtOnce = 4;

    /// <summary>The option.</summary>
    /// <param name="done">What happens to the videos: "predicted".</param>
    /// <param name="busy">What uses all cores already: "networks, which use".</param>
    public static Option<int?> Option(string done, string busy) => NumberOptions.CountOrNone(
        "--parallel",
        $"Number of videos {done} at the same time. Default: the number of cores, at most {MostAtOnce}; 1 for {busy} all cores.",
        "N");

    /// <summary>How many videos at once.</summary>
    /// <param name="given">What the option says; null if it was not given.</param>
    /// <param name="usesAllCores">True if one video alone uses all cores.</param>
    /// <param name="videos">How many there are.</param>
    public static int Number(int? given, bool usesAllCores, int videos) =>
        Math.Clamp(given ?? (usesAllCores ? 1 : Math.Min(Environment.ProcessorCount, MostAtOnce)), 1, Math.Max(1, videos));

    /// <summary>How each of several videos at once is decoded: the threads of short ones share the cores.</summary>
    public static ExtractionOptions Sharing(ExtractionOptions options, int atOnce) =>
        atOnce == 1 ? options : options with { ClipThreads = Math.Max(1, Environment.ProcessorCount / atOnce) };
}
