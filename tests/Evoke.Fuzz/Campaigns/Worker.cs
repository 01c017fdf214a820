using System.Globalization;
using Evoke.Fuzz.Mutations;
using Evoke.Fuzz.Readers;

namespace Evoke.Fuzz.Campaigns;

/// <summary>
/// The child process that reads inputs and says on standard output what becomes of them: a stack overflow or an abort ends only this process, and the
/// campaign goes on behind the input that it read.
/// </summary>
/// <remarks>
/// A line for each input, separated by tabs: "accepted", "refused" or "failed", its number, what failed, seconds of processor time, MiB of memory; last
/// <see cref="End"/>. Lines of another form are what a library prints.
/// </remarks>
internal static class Worker
{
    /// <summary>The first argument of such a process.</summary>
    public const string Argument = "--worker";

    /// <summary>The last line.</summary>
    public const string End = "end";

    /// <summary>An input that needs more processor time is kept.</summary>
    public const double SlowSeconds = 2;

    /// <summary>An input that needs more memory is kept.</summary>
    public const long LargeMegabytes = 512;

    private const long Mebibyte = 1 << 20;

    /// <summary>Reads inputs [first, end); the one at hand lies in a folder of its own.</summary>
    public static async Task RunAsync(FuzzedReader reader, long seed, int first, int end, string folder)
    {
        string making = Directory.CreateDirectory(Path.Combine(folder, "seeds")).FullName;
        byte[][] seeds = [.. reader.Seeds(making)];
        Mutator mutator = new(reader, seeds, seed);
        string input = InputIn(folder, reader);
        Directory.CreateDirectory(Path.GetDirectoryName(input)!);
        for (int index = first; index < end; index++)
        {
            await File.WriteAllBytesAsync(input, mutator.Make(index)).ConfigureAwait(false);
            TimeSpan before = Environment.CpuUsage.TotalTime;
            string outcome = await TryAsync(reader, input, index, isSeed: index < seeds.Length).ConfigureAwait(false);
            double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            long megabytes = PeakMegabytes();
            if (outcome.StartsWith("failed", StringComparison.Ordinal) || seconds > SlowSeconds || megabytes > LargeMegabytes)
            {
                File.Copy(input, KeptIn(folder, index));
            }

            Say($"{outcome}\t{seconds:0.###}\t{megabytes}");
        }

        Console.Out.WriteLine(End);
    }

    /// <summary>Where the input at hand lies.</summary>
    public static string InputIn(string folder, FuzzedReader reader) => Path.Combine(folder, "input", reader.FileName);

    /// <summary>Where an input lies that is worth keeping.</summary>
    public static string KeptIn(string folder, int index) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"kept-{index}"));

    private static async Task<string> TryAsync(FuzzedReader reader, string input, int index, bool isSeed)
    {
        try
        {
            await reader.Read(input).ConfigureAwait(false);
            return $"accepted\t{index}\t";
        }
        catch (Exception error) when (reader.IsDocumented(error))
        {
            return isSeed ? $"failed\t{index}\tthe undamaged input is refused: {OneLine(error.Message)}"
                : error.Message.Contains("(Parameter '", StringComparison.Ordinal) ? $"failed\t{index}\ta message in .NET's words ## {OneLine(error.Message)}"
                : $"refused\t{index}\t";
        }
        catch (Exception error)
        {
            return $"failed\t{index}\t{Describe(error)}";
        }
    }

    // The type and the place, but not the message: it names numbers of the input, and one kind of failure is to be one finding.
    private static string Describe(Exception error)
    {
        IEnumerable<string> frames = (error.StackTrace ?? "").Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("at Evoke.", StringComparison.Ordinal) && !line.StartsWith("at Evoke.Fuzz.", StringComparison.Ordinal))
            .Take(2).Select(line => line.Split(" in ")[0]);
        return OneLine($"{error.GetType().Name} {string.Join(" ", frames)} ## {error.Message}");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');

    private static long PeakMegabytes()
    {
        string? peak = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return peak is null ? 0 : long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / Mebibyte;
    }

    private static void Say(FormattableString line) => Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
