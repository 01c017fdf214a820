using System.Diagnostics;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Kernels.Torch;

namespace Evoke.Bench;

/// <summary>The time to load Swin-L from a file in the page cache, each time in a new process.</summary>
internal sealed class StartupBenchmark : IBenchmark
{
    private const string Child = "--once";
    private const int Rounds = 3;

    public string Name => "startup";

    public string Summary => "from a weight file of 195 million parameters, .safetensors and .pth, to a loaded network (aim: under 2 s)";

    public void Run(IReadOnlyList<string> arguments)
    {
        if (arguments is [Child, string file, string home, string precision])
        {
            LoadOnce(file, home, PrecisionNames.Parse(precision, ComputeDevice.Cpu));
            return;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("evoke-bench-startup-");
        try
        {
            Measure(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Measure(string folder)
    {
        string safetensors = Path.Combine(folder, "swin-l.safetensors"), pth = Path.Combine(folder, "swin-l.pth");
        GeneratedWeights.SwinLarge().Save(safetensors);
        List<string[]> rows = [["Swin-L", "libtorch", "file to network", "whole process", "peak memory"]];
        foreach (string file in PythonPeer.TryRun("save_pth.py", [safetensors, pth], out _) ? new[] { safetensors, pth } : [safetensors])
        {
            string kind = Path.GetExtension(file);
            rows.Add([$"{kind}, bfloat16, first time (the file is hashed)", .. Cells(Once(file, folder, Precision.BFloat16))]);
            foreach (Precision precision in Enum.GetValues<Precision>())
            {
                Loading best = Enumerable.Range(0, Rounds).Select(_ => Once(file, folder, precision)).MinBy(loading => loading.Process)!;
                rows.Add([$"{kind}, {PrecisionNames.NameOf(precision)}", .. Cells(best)]);
            }
        }

        Table.Print([.. rows]);
    }

    private static string[] Cells(Loading loading) =>
        [
            Table.Seconds(loading.Libtorch), Table.Seconds(loading.Network), Table.Seconds(loading.Process),
            string.Create(CultureInfo.InvariantCulture, $"{loading.PeakBytes / 1e9:0.00} GB")];

    private static Loading Once(string file, string home, Precision precision)
    {
        string program = Path.ChangeExtension(typeof(StartupBenchmark).Assembly.Location, ".dll");
        BufferedCommandResult result = Cli.Wrap("dotnet").WithArguments([program, "startup", Child, file, home, PrecisionNames.NameOf(precision)])
            .ExecuteBufferedAsync().GetAwaiter().GetResult();
        double[] numbers = [
            .. result.StandardOutput.TrimEnd().Split('\n')[^1].Split('\t').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new Loading(TimeSpan.FromSeconds(numbers[0]), TimeSpan.FromSeconds(numbers[1]), TimeSpan.FromSeconds(numbers[2]), numbers[3]);
    }

    private static void LoadOnce(string file, string home, Precision precision)
    {
        long start = Stopwatch.GetTimestamp();
        TorchRuntime.Start();
        TimeSpan libtorch = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        using IVisualEncoder encoder = EncoderCatalog.CreateDefault().Visual.Create(
            "swin-l", new EncoderOptions { WeightsFile = file, CacheFolder = home, Precision = precision });
        TimeSpan network = Stopwatch.GetElapsedTime(start);
        using Process process = Process.GetCurrentProcess();
        TimeSpan whole = DateTime.Now - process.StartTime;
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{libtorch.TotalSeconds}\t{network.TotalSeconds}\t{whole.TotalSeconds}\t{process.PeakWorkingSet64}"));
    }

    /// <summary>One start.</summary>
    /// <param name="Libtorch">Until libtorch is there.</param>
    /// <param name="Network">From the file's name to the network.</param>
    /// <param name="Process">From the start of the process to the network.</param>
    /// <param name="PeakBytes">Most memory, the mapped file included.</param>
    private sealed record Loading(TimeSpan Libtorch, TimeSpan Network, TimeSpan Process, double PeakBytes);
}
