using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using CliWrap.Exceptions;
using Evoke.Curves;
using Evoke.Curves.Csv;

namespace Evoke.Bench;

/// <summary>Reading a label file of the EEV form against <c>pandas.read_csv</c> of the same file.</summary>
internal sealed class CsvBenchmark : IBenchmark
{
    private const int Videos = 700;
    private const int RowsPerVideo = 1500;
    private const int Rounds = 9;

    public string Name => "csv";

    public string Summary => "EEV CSV ingest against pandas.read_csv of the same generated file of about 200 MB";

    public void Run(IReadOnlyList<string> arguments)
    {
        string path = MakeFile();
        double megabytes = new FileInfo(path).Length / 1e6;
        long rows = 0;
        Measurement ours = Measurement.Of(() => rows = EevCsv.ReadLabels(path).Sum(video => (long)video.Curves.Grid.Count), Rounds);
        List<string[]> table =
        [
            ["", "best", "median", "MB/s", "ratio to pandas"],
        ];
        TimeSpan? pandas = Pandas(path);
        if (pandas is null)
        {
            Console.WriteLine("pandas is missing (Debian: apt-get install python3-pandas): its row is left out.");
        }
        else
        {
            table.Add(["pandas.read_csv", "", Table.Seconds(pandas.Value), Table.Times(megabytes / pandas.Value.TotalSeconds), "1.00"]);
        }

        table.Add(["EevCsv.ReadLabels", Table.Seconds(ours.Best), Table.Seconds(ours.Median), Table.Times(megabytes / ours.Median.TotalSeconds),
            pandas is null ? "" : Table.Ratio(pandas.Value / ours.Median) + "x faster"]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{megabytes:0} MB, {rows:N0} rows of 15 emotions"));
        Table.Print([.. table]);
    }

    private static string MakeFile()
    {
        string path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"evoke-bench-labels-{Videos}.csv"));
        if (!File.Exists(path))
        {
            Random random = new(1);
            EevCsv.Write(
                EmotionScheme.Eev,
                Enumerable.Range(0, Videos).Select(i => new LabelledVideo(
                    string.Create(CultureInfo.InvariantCulture, $"video{i:000000}"),
                    new EmotionCurves(
                        EmotionScheme.Eev, new TimeGrid(new Rate(6), RowsPerVideo),
                        [.. Enumerable.Range(0, RowsPerVideo * 15).Select(_ => random.NextSingle() * random.NextSingle())]))),
                path,
                EevCsv.YouTubeId);
        }

        return path;
    }

    private static TimeSpan? Pandas(string path)
    {
        const string Script = """
            import sys, time
            import pandas
            times = []
            for i in range(4):
                start = time.perf_counter()
                pandas.read_csv(sys.argv[1])
                times.append(time.perf_counter() - start)
            print(sorted(times[1:])[1])
            """;
        try
        {
            BufferedCommandResult result = Cli.Wrap("/usr/bin/python3").WithArguments(["-c", Script, path]).ExecuteBufferedAsync().GetAwaiter().GetResult();
            return TimeSpan.FromSeconds(double.Parse(result.StandardOutput.Trim(), CultureInfo.InvariantCulture));
        }
        catch (Exception missing) when (missing is CommandExecutionException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
