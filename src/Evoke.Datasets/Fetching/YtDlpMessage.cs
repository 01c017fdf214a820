namespace Evoke.Datasets.Fetching;

/// <summary>Reads from yt-dlp's standard error why a video could not be downloaded.</summary>
/// <remarks>The phrases are those of YouTube's player, which yt-dlp passes on after "ERROR: [youtube] ID: ".</remarks>
internal static class YtDlpMessage
{
    private const string ErrorMark = "ERROR:";

    // Blocks come first: "Video unavailable. This video contains content from X, who has blocked it in your country" is one.
    private static readonly (AbsenceKind Kind, string Phrase)[] s_phrases =
    [
        (AbsenceKind.Private, "private video"),
        (AbsenceKind.Private, "video is private"),
        (AbsenceKind.Blocked, "has blocked it"),
        (AbsenceKind.Blocked, "blocked it in your country"),
        (AbsenceKind.Blocked, "not available in your country"),
        (AbsenceKind.Blocked, "not available from your location"),
        (AbsenceKind.Blocked, "not made this video available in your country"),
        (AbsenceKind.Blocked, "due to geo restriction"),
        (AbsenceKind.Blocked, "blocked on copyright grounds"),
        (AbsenceKind.Removed, "has been removed"),
        (AbsenceKind.Removed, "removed by the uploader"),
        (AbsenceKind.Removed, "removed for violating"),
        (AbsenceKind.Removed, "account associated with this video has been terminated"),
        (AbsenceKind.Removed, "account has been terminated"),
        (AbsenceKind.Removed, "uploader has closed their"),
        (AbsenceKind.Removed, "no longer available"),
        (AbsenceKind.Removed, "video does not exist"),
        (AbsenceKind.Removed, "video is unavailable"),
        (AbsenceKind.Removed, "video unavailable"),
        (AbsenceKind.Removed, "video is not available"),
    ];

    private static readonly string[] s_limits = ["http error 429", "too many requests", "not a bot", "rate-limited", "rate limited"];

    /// <summary>Why the video could not be downloaded.</summary>
    public static AbsenceKind KindOf(string said)
    {
        string error = ErrorOf(said);
        return SpeaksOfALimit(error) ? AbsenceKind.Other : KindOfError(error);
    }

    /// <summary>True if the site limits requests for a while: continuing would make it worse. Says nothing about the video.</summary>
    public static bool IsRateLimit(string said)
    {
        string error = ErrorOf(said);
        return SpeaksOfALimit(error) || (KindOfError(error) == AbsenceKind.Other && Array.Exists(s_limits, phrase => Says(said, phrase)));
    }

    private static AbsenceKind KindOfError(string error)
    {
        foreach ((AbsenceKind kind, string phrase) in s_phrases)
        {
            if (Says(error, phrase))
            {
                return kind;
            }
        }

        return AbsenceKind.Other;
    }

    // "Video unavailable. This content isn't available, try again later" names no limit, but is one. "An error occurred. Please try again later" is not.
    private static bool SpeaksOfALimit(string error) =>
        Array.Exists(s_limits, phrase => Says(error, phrase)) || (Says(error, "available") && Says(error, "try again later"));

    /// <summary>The last error in one line, without "ERROR: [youtube] ID: " in front; the last line where there is none.</summary>
    public static string ErrorOf(string said)
    {
        string[] lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? error = lines.LastOrDefault(line => line.StartsWith(ErrorMark, StringComparison.Ordinal));
        if (error is null)
        {
            return lines.LastOrDefault() ?? "yt-dlp failed without a message";
        }

        string message = error[ErrorMark.Length..].Trim();
        int colon = message.StartsWith('[') ? message.IndexOf(": ", StringComparison.Ordinal) : -1;
        return colon < 0 ? message : message[(colon + 2)..].Trim();
    }

    private static bool Says(string text, string phrase) => text.Contains(phrase, StringComparison.OrdinalIgnoreCase);
}
