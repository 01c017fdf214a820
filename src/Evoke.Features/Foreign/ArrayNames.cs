namespace Evoke.Features.Foreign;

/// <summary>An array of features among others.</summary>
/// <param name="VideoId">The video.</param>
/// <param name="Name">The array's name.</param>
/// <param name="Key">The ending of the name after the id; null if there is none.</param>
/// <param name="Times">The name of the array with the times of the rows; null if there is none.</param>
internal sealed record NamedArray(string VideoId, string Name, string? Key, string? Times);

/// <summary>
/// Reads the names that video_features gives to arrays: ID_resnet, ID_fps, ID_timestamps_ms (its utils/utils.py, make_path, and
/// models/_base/base_framewise_extractor.py; https://github.com/v-iashin/video_features); and plain names, which are ids.
/// </summary>
internal static class ArrayNames
{
    private const string Fps = "fps";

    /// <summary>Names of times; those that end in _ms are in milliseconds, the others in seconds.</summary>
    private static readonly string[] s_times = ["timestamps_ms", "timestamps", "times"];

    // What video_features writes without times: models/r21d, s3d, vggish and i3d.
    private static readonly string[] s_keysAlone = ["r21d", "s3d", "vggish", "rgb", "flow"];

    /// <summary>True for an array that is no features: times, or the frame rate of the film.</summary>
    public static bool IsClock(string name) => name == Fps || s_times.Contains(name);

    /// <summary>True if the times of this name are in milliseconds.</summary>
    public static bool IsMilliseconds(string name) => name.EndsWith("_ms", StringComparison.Ordinal);

    /// <summary>The name of the times among others; null if there is none.</summary>
    public static string? TimesAmong(IEnumerable<string> names) => s_times.FirstOrDefault(names.Contains);

    /// <summary>Finds the arrays of features.</summary>
    /// <param name="names">All names.</param>
    /// <param name="key">The ending that is asked for; null for the only one.</param>
    /// <returns>The arrays in the order of their names; several may be of one video.</returns>
    public static IReadOnlyList<NamedArray> Find(IEnumerable<string> names, string? key)
    {
        string[] all = [.. names.Order(StringComparer.Ordinal)];
        HashSet<string> known = new(all, StringComparer.Ordinal);
        string[] clocks = [.. all.Where(name => ClockOf(name) is { } clock && HasPartner(all, name, name[..^(clock.Length + 1)]))];
        string[] prefixes = [.. clocks.Select(name => name[..^(ClockOf(name)!.Length + 1)]).Distinct().OrderByDescending(prefix => prefix.Length)];
        return
        [
            .. all.Except(clocks, StringComparer.Ordinal).Select(name => Split(name, key, prefixes))
                .Select(array => array with { Times = s_times.Select(times => $"{array.VideoId}_{times}").FirstOrDefault(known.Contains) }),
        ];
    }

    private static NamedArray Split(string name, string? key, string[] prefixes)
    {
        if (key is not null)
        {
            return EndsIn(name, key) ? Cut(name, key.Length) : new NamedArray(name, name, null, null);
        }

        string? prefix = prefixes.FirstOrDefault(prefix => name == prefix || name.StartsWith(prefix + '_', StringComparison.Ordinal));
        return prefix is not null ? Cut(name, Math.Max(0, name.Length - prefix.Length - 1))
            : s_keysAlone.FirstOrDefault(alone => EndsIn(name, alone)) is { } found ? Cut(name, found.Length)
            : new NamedArray(name, name, null, null);
    }

    private static NamedArray Cut(string name, int key) =>
        key == 0 ? new NamedArray(name, name, null, null) : new NamedArray(name[..^(key + 1)], name, name[^key..], null);

    private static string? ClockOf(string name) => s_times.Append(Fps).FirstOrDefault(clock => EndsIn(name, clock));

    private static bool HasPartner(string[] all, string clock, string id) => all.Any(
        name => name != clock && ClockOf(name) is null && (name == id || name.StartsWith(id + '_', StringComparison.Ordinal)));

    private static bool EndsIn(string name, string ending) => name.Length > ending.Length + 1 && name.EndsWith('_' + ending, StringComparison.Ordinal);
}
