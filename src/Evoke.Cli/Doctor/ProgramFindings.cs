using CliWrap;
using CliWrap.Buffered;
using Evoke.Media.Ffmpeg;

namespace Evoke.Cli.Doctor;

/// <summary>Programs that Evoke runs.</summary>
internal static class ProgramFindings
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<Finding> SdkAsync(CancellationToken cancellationToken)
    {
        string? listed = await OutputOfAsync("dotnet", ["--list-sdks"], cancellationToken).ConfigureAwait(false);
        string? newest = listed?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ')[0]).LastOrDefault(version => version.StartsWith("10.", StringComparison.Ordinal));
        return newest is null
            ? Finding.Absent(
                ".NET SDK",
                $"no SDK 10 on the PATH (running on {Environment.Version})",
                "Needed to build Evoke: https://dotnet.microsoft.com/download/dotnet/10.0")
            : Finding.Ok(".NET SDK", $"{newest}, running on {Environment.Version}");
    }

    public static async Task<IReadOnlyList<Finding>> FfmpegAsync(CancellationToken cancellationToken)
    {
        FfmpegPrograms programs = FfmpegPrograms.FromEnvironment();
        return
        [
            await OfFfmpegAsync("ffmpeg", programs.Ffmpeg, cancellationToken).ConfigureAwait(false),
            await OfFfmpegAsync("ffprobe", programs.Ffprobe, cancellationToken).ConfigureAwait(false),
        ];
    }

    public static async Task<Finding> DownloaderAsync(CancellationToken cancellationToken)
    {
        string? version = await OutputOfAsync("yt-dlp", ["--version"], cancellationToken).ConfigureAwait(false);
        return version is null
            ? Finding.Absent("yt-dlp", "not on the PATH", "Only 'evoke dataset fetch' needs it: https://github.com/yt-dlp/yt-dlp#installation")
            : Finding.Ok("yt-dlp", version.Trim());
    }

    private static async Task<Finding> OfFfmpegAsync(string name, string program, CancellationToken cancellationToken)
    {
        string? said = await OutputOfAsync(program, ["-hide_banner", "-version"], cancellationToken).ConfigureAwait(false);
        // "ffmpeg version 5.1.6-0+deb12u1 Copyright (c) ..."
        return said?.Split(' ') is [_, "version", var version, ..]
            ? Finding.Ok(name, program == name ? version : $"{version} ({program})")
            : Finding.Missing(
                name,
                program == name ? "not on the PATH, or it does not run" : $"{program} does not run",
                "Debian, Ubuntu: sudo apt-get install ffmpeg; Fedora: sudo dnf install ffmpeg; or put its path in "
                + $"{(name == "ffmpeg" ? FfmpegPrograms.FfmpegVariable : FfmpegPrograms.FfprobeVariable)}.");
    }

    /// <returns>Standard output; null if the program is missing, fails or hangs.</returns>
    private static async Task<string?> OutputOfAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            BufferedCommandResult result = await CliWrap.Cli.Wrap(program).WithArguments(arguments).WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(patience.Token).ConfigureAwait(false);
            return result.IsSuccess ? result.StandardOutput : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // The program is not installed: that is the finding.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null; // It hangs, which counts as missing.
        }
    }
}
