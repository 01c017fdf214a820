using System.Diagnostics;
using System.Globalization;
using Evoke.Media.Ffmpeg;

namespace Evoke.Cli.Tests;

/// <summary>The built program as a process that a test observes and signals.</summary>
internal static class EvokeProcess
{
    private const int KilledBySigkill = 128 + 9;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Shells start what runs in the background with SIGINT ignored, and children inherit that: whoever runs the tests so would find that nobody hears Ctrl-C.
    private static readonly string[] AsAGroupThatHearsSignals = ["--default-signal", "setsid", "dotnet", CommandResult.Program];

    /// <summary>An ffmpeg that decodes no faster than a film plays.</summary>
    public static string RealTimeFfmpeg { get; } = Path.Combine(AppContext.BaseDirectory, "Programs", "ffmpeg-in-real-time");

    /// <summary>Starts the built program as the head of a group of processes.</summary>
    public static Process StartInGroup(params string[] arguments) => Start("env", [.. AsAGroupThatHearsSignals, .. arguments]);

    /// <summary>The same, with an ffmpeg that decodes no faster than a film plays: a long film is still being decoded when the test looks.</summary>
    public static Process StartInGroupInRealTime(params string[] arguments) =>
        Start("env", [.. AsAGroupThatHearsSignals, .. arguments], RealTimeFfmpeg);

    /// <summary>Starts the built program and kills it with all its children, as a power cut would, at the first sight of something.</summary>
    /// <param name="moment">True once the moment to kill it has come.</param>
    /// <param name="environment">Variables of its environment.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>True if it was killed before it ended by itself.</returns>
    public static async Task<bool> KillAsync(Func<Process, bool> moment, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        ProcessStartInfo start = new("env", [.. AsAGroupThatHearsSignals, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> written = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => process.HasExited || moment(process));
        bool alive = !process.HasExited;
        if (alive)
        {
            await SignalAsync("-KILL", -process.Id);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(said, written);
        return alive && process.ExitCode == KilledBySigkill;
    }

    /// <summary>Starts a program whose output the test reads.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="ffmpeg">The ffmpeg that it is to use; null for the usual one.</param>
    public static Process Start(string program, string[] arguments, string? ffmpeg = null)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (ffmpeg is not null)
        {
            start.Environment[FfmpegPrograms.FfmpegVariable] = ffmpeg;
        }

        return Process.Start(start)!;
    }

    /// <summary>Signals a process, or, if the number is below 0, a group.</summary>
    public static async Task SignalAsync(string signal, int target) =>
        await CliWrap.Cli.Wrap("kill").WithArguments([signal, "--", target.ToString(CultureInfo.InvariantCulture)])
            .ExecuteAsync(TestContext.Current.CancellationToken);

    /// <summary>The living children of a process.</summary>
    public static IEnumerable<(int Id, string Name)> Children(int parent)
    {
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out int id))
            {
                continue;
            }

            string stat;
            try
            {
                stat = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (IOException)
            {
                continue; // It has just ended.
            }

            // "1234 (ffmpeg) S 1200 …": the name may hold anything but ends at the last parenthesis.
            int close = stat.LastIndexOf(')');
            if (int.Parse(stat[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) == parent)
            {
                yield return (id, stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..close]);
            }
        }
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!holds())
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
