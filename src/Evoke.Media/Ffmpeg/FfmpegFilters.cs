using System.Collections.Concurrent;

namespace Evoke.Media.Ffmpeg;

/// <summary>Which filters an ffmpeg was built with.</summary>
internal static class FfmpegFilters
{
    private const int LargestAnswer = 4 * 1024 * 1024;

    private static readonly string[] s_list = ["-nostdin", "-hide_banner", "-loglevel", "error", "-filters"];

    // An ffmpeg build does not change while the process runs.
    private static readonly ConcurrentDictionary<string, IReadOnlySet<string>> s_known = new(StringComparer.Ordinal);

    /// <summary>The filters of <paramref name="names"/> that <paramref name="ffmpeg"/> lacks.</summary>
    /// <param name="ffmpeg">The program.</param>
    /// <param name="names">Names of filters.</param>
    /// <param name="file">The file that needs them, for error messages.</param>
    /// <param name="cancellationToken">Stops ffmpeg at once.</param>
    public static async Task<IReadOnlyList<string>> MissingAsync(string ffmpeg, IEnumerable<string> names, string file, CancellationToken cancellationToken)
    {
        if (!s_known.TryGetValue(ffmpeg, out IReadOnlySet<string>? filters))
        {
            (byte[] answer, _) = await FfmpegProcess
                .RunAsync(ffmpeg, s_list, file, FfmpegProcess.DefaultStallTimeout, LargestAnswer, cancellationToken)
                .ConfigureAwait(false);

            // " .SC zscale            V->V       Apply resizing, …"
            filters = System.Text.Encoding.UTF8.GetString(answer).Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(cells => cells.Length > 2 && cells[2].Contains("->", StringComparison.Ordinal))
                .Select(cells => cells[1]).ToHashSet(StringComparer.Ordinal);
            s_known[ffmpeg] = filters;
        }

        return [.. names.Where(name => !filters.Contains(name))];
    }
}
