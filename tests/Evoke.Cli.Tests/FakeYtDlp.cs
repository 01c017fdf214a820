namespace Evoke.Cli.Tests;

/// <summary>The script that stands in for yt-dlp: the id of a video says what is to happen.</summary>
internal static class FakeYtDlp
{
    /// <summary>Variables of a process that is to find it on the path.</summary>
    public static Dictionary<string, string?> Environment { get; } = new()
    {
        ["PATH"] = Path.Combine(AppContext.BaseDirectory, "Programs") + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH"),
        ["EVOKE_YTDLP"] = null,
    };
}
