using System.Diagnostics;
using System.Globalization;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;

namespace Evoke.Bench;

/// <summary>As many labels as EEV's for training: time and memory from a CSV file to the trainer's input.</summary>
internal sealed class LabelsBenchmark : IBenchmark
{
    private const int Videos = 3061;
    private const int Rows = 2614; // 8 million in all
    private const int Rounds = 3;
    private const string Read = "read";

    public string Name => "labels";

    public string Summary => "8 million label rows (about 850 MB of CSV) ready for training: seconds and peak memory, against pandas.read_csv";

    public void Run(IReadOnlyList<string> arguments)
    {
        if (arguments is [Read, var file])
        {
            ReadOnce(file);
            return;
        }

        using TemporaryFile labels = new("labels.csv");
        Make(labels.Path);
        List<(double Seconds, double Megabytes)> ours = [], peers = [];
        for (int round = 0; round < Rounds; round++)
        {
            ours.Add(ReadInAProcess(labels.Path));
            if (PythonPeer.TryRun("labels_pandas.py", [labels.Path], out string output))
            {
                peers.Add(Parse(output));
            }
        }

        double megabytes = new FileInfo(labels.Path).Length / 1e6;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{megabytes:0} MB, {Videos * (long)Rows:N0} rows of 15 emotions; each reader in its own process, the file in the page cache; "
                + $"median of {Rounds}"));
        List<string[]> table = [["", "time", "peak memory", "ratio to pandas"]];
        if (peers.Count > 0)
        {
            table.Add(["pandas.read_csv", Table.Seconds(Median(peers)), Megabytes(peers), "1.00"]);
        }

        table.Add(
            ["LabelSet.Read", Table.Seconds(Median(ours)), Megabytes(ours), peers.Count > 0 ? Table.Ratio(Median(peers) / Median(ours)) + "x faster" : ""]);
        Table.Print([.. table]);
    }

    private static void ReadOnce(string path)
    {
        long start = Stopwatch.GetTimestamp();
        LabelSet labels = LabelSet.Read(path);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {self.PeakWorkingSet64 / 1e6}"));
        GC.KeepAlive(labels);
    }

    private static (double Seconds, double Megabytes) ReadInAProcess(string path)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["labels", Read, path]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Parse(output) : throw new InvalidOperationException($"Reading {path} ended with code {process.ExitCode}.");
    }

    // The last line: seconds and megabytes.
    private static (double Seconds, double Megabytes) Parse(string output)
    {
        double[] numbers = [.. output.TrimEnd().Split('\n')[^1].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return (numbers[0], numbers[1]);
    }

    private static TimeSpan Median(List<(double Seconds, double Megabytes)> rounds) =>
        TimeSpan.FromSeconds(rounds.Select(round => round.Seconds).Order().ElementAt(rounds.Count / 2));

    private static string Megabytes(List<(double Seconds, double Megabytes)> rounds) =>
        string.Create(CultureInfo.InvariantCulture, $"{rounds.Max(round => round.Megabytes):0} MB");

    // Four decimals and a quarter of the rows without a face: as many bytes per row as EEV's.
    private static void Make(string path)
    {
        Console.Error.WriteLine("  writing labels …");
        Random random = new(1);
        EmotionScheme scheme = EmotionScheme.Eev;
        EevCsv.Write(
            scheme,
            Enumerable.Range(0, Videos).Select(video => new LabelledVideo(string.Create(CultureInfo.InvariantCulture, $"video{video:000000}"), Curves())),
            path,
            EevCsv.YouTubeId);

        EmotionCurves Curves()
        {
            float[] values = new float[Rows * scheme.Count];
            for (int row = 0; row < Rows; row++)
            {
                bool hasFace = random.NextDouble() >= 0.25;
                for (int emotion = 0; emotion < scheme.Count && hasFace; emotion++)
                {
                    values[(row * scheme.Count) + emotion] = random.Next(1, 10_000) / 10_000f;
                }
            }

            return new EmotionCurves(scheme, new TimeGrid(EevCsv.DefaultRate, Rows), values);
        }
    }
}
