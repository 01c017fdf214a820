using System.Text.RegularExpressions;
using Evoke.Files.Text;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>What columns are by their names, in the languages of common tools.</summary>
internal static partial class ColumnNames
{
    /// <summary>The role of a column that names videos, as options and mappings name it.</summary>
    public const string Video = "video";

    /// <summary>The role of a column that names raters.</summary>
    public const string Rater = "rater";

    /// <summary>The role of a column of times.</summary>
    public const string TimeRole = "time";

    // The words of times in which a slip can be told.
    private static readonly string[] s_times = ["time", "timestamp", "timems", "timesec", "seconds", "milliseconds", "onset", "elapsed", "position"];

    private static readonly HashSet<string> s_video =
    [
        "video", "videoid", "videoname", "videofile", "youtubeid", "clip", "clipid", "clipname", "film", "filmid", "movie", "movieid", "stimulus", "stimulusid",
        "stim", "stimfile", "media", "mediafile", "mediaid", "file", "filename",
    ];

    private static readonly HashSet<string> s_rater =
    [
        "rater", "raterid", "participant", "participantid", "subject", "subjectid", "sub", "subj", "annotator", "annotatorid", "viewer", "viewerid", "observer",
        "observerid", "worker", "workerid", "user", "userid", "username", "coder", "coderid", "evaluator", "respondent", "person", "pid",
    ];

    private static readonly HashSet<string> s_curve = ["dimension", "curve", "emotion", "label", "item", "scale", "feeling", "trialtype", "variable"];

    private static readonly HashSet<string> s_value = ["value", "rating", "score", "response", "level"];

    private static readonly HashSet<string> s_neither =
    [
        "", "index", "row", "rowid", "id", "n", "nr", "no", "frame", "framenumber", "frameid", "trial", "trialnumber", "block", "session", "run", "order",
        "age", "gender", "sex", "date", "datetime", "unixtime", "duration", "responsetime", "reactiontime", "rt", "sample",
    ];

    /// <summary>True for the name of a column of videos.</summary>
    public static bool IsVideo(string name) => s_video.Contains(Plain(name));

    /// <summary>True for the name of a column of raters.</summary>
    public static bool IsRater(string name) => s_rater.Contains(Plain(name));

    /// <summary>True for the name of a column that names curves.</summary>
    public static bool IsCurve(string name) => s_curve.Contains(Plain(name));

    /// <summary>True for the name of a column of values, whose curve is named elsewhere.</summary>
    public static bool IsValue(string name) => s_value.Contains(Plain(name));

    /// <summary>The role that a column's name has with one slip of the pen: video, rater or time; null for none.</summary>
    public static string? MisspeltRole(string name)
    {
        string plain = Plain(name);
        return IsVideo(name) || IsRater(name) || IsTime(name, out _) ? null
            : s_rater.Any(known => Spelling.IsSlipOf(plain, known)) ? Rater
            : s_video.Any(known => Spelling.IsSlipOf(plain, known)) ? Video
            : s_times.Any(known => Spelling.IsSlipOf(plain, known)) ? TimeRole
            : null;
    }

    /// <summary>True for columns of numbers that are not ratings, such as "frame" and "age".</summary>
    public static bool IsNeither(string name) => s_neither.Contains(Plain(name)) || Plain(name).StartsWith("unnamed", StringComparison.Ordinal);

    /// <summary>True for the name of a column of times.</summary>
    /// <param name="name">The name.</param>
    /// <param name="unit">The unit that it says; null if it says none.</param>
    public static bool IsTime(string name, out TimeUnit? unit)
    {
        Match match = Time().Match(Plain(name));
        unit = match.Success ? UnitOf(match.Groups["unit"].Value, match.Value) : null;
        return match.Success;
    }

    /// <summary>True for a name such as "P01", "rater 3", "sub-07": a column of one rater.</summary>
    public static bool IsOneRater(string name) => OneRater().IsMatch(name.Trim());

    /// <summary>Reads a time that is a column's name: "0.5", "t_12", "1500ms", "0:01.5".</summary>
    public static bool TryTimeHeader(string name, out string text, out TimeUnit? unit)
    {
        Match match = TimeHeader().Match(name.Trim());
        text = match.Groups["time"].Value;
        unit = !match.Success ? null
            : text.Contains(':', StringComparison.Ordinal) ? TimeUnit.Clock
            : UnitOf(match.Groups["unit"].Value.ToLowerInvariant(), "");
        return match.Success;
    }

    // Lower case, letters and digits only.
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static TimeUnit? UnitOf(string unit, string name) => unit switch
    {
        "" when name == "onset" => TimeUnit.Seconds, // BIDS
        "" => null,
        "ms" or "msec" or "msecs" or "millis" or "millisec" or "millisecond" or "milliseconds" => TimeUnit.Milliseconds,
        "us" or "usec" or "usecs" or "micros" or "microsec" or "microsecond" or "microseconds" or "µs" or "μs" => TimeUnit.Microseconds,
        _ => TimeUnit.Seconds,
    };

    [GeneratedRegex(
        "^(?:(?:video|media|playback|elapsed|relative|stimulus|frame)?"
        + "(?:time|times|timestamp|timestamps|t|onset|position|zeit|temps|tiempo|tempo)(?:in)?)?"
        + "(?<unit>s|sec|secs|second|seconds|sekunden|secondes|segundos|ms|msec|msecs|millis|millisec|millisecond|milliseconds"
        + "|us|usec|usecs|micros|microsec|microsecond|microseconds|µs|μs)?$(?<=.)", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(
        @"^(?:p|s|r|v|a|e|u|w|vp|pp|sub|subj|subject|rater|participant|annotator|viewer|observer|worker|user|coder)[-_ ]?\d+$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OneRater();

    [GeneratedRegex(
        @"^(?:t|time|sec|s|x)?[-_ ]?(?<time>\d+(?::\d+){0,2}(?:[.,]\d+)?) ?(?<unit>ms|s|sec|us|µs)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex TimeHeader();
}
