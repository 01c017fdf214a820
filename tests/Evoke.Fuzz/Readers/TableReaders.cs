using System.Collections.Immutable;
using Evoke.Curves.Csv;
using Evoke.Datasets.Fetching;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Manifests;
using Evoke.Encoders.Extraction;
using Evoke.Features.Foreign;
using Evoke.Features.Store;
using Evoke.Training.Runs;

namespace Evoke.Fuzz.Readers;

/// <summary>CSV files: labels of others, and Evoke's own lists, which people edit and disks damage.</summary>
internal static class TableReaders
{
    private static readonly ImmutableArray<string> s_words =
        ["\"", "\"\"", ",", ",,", ";", "\t", "\r\n", "\n", "\n\n", "\r", "\uFEFF", "\0", "é", "'", "=cmd|' /C calc'!A0", "YouTube ID", "Video ID", "pearson"];

    public static IEnumerable<FuzzedReader> All =>
    [
        Table("labels", "labels.csv", Labels, ReadLabels),
        Table(
            "manifest", "manifest.csv",
            _ => [Text("id,path,bytes,duration\na,a.mp4,1000,10.5\n\"b,c\",\"x/b \"\"c\"\".mkv\",0,0\nd,d.webm,9000000000,3600\n")],
            path => Manifest.Read(path)),
        Table(
            "failures", "failures.csv",
            _ => [Text("video_id,path,error,message\na,a.mp4,MediaFormatException,no media\n\"b\",\"b,c.mkv\",FfmpegFailedException,\"two\nlines\"\n")],
            path => FailureFile.ReadAll(FeatureStore.Open(Path.GetDirectoryName(path)!))),
        Table(
            "gone", AbsenceList.FileName,
            _ => [Text("video_id,kind,message\naaaaaaaaaaa,private,Private video\nbbbbbbbbbbb,removed,\"gone, for good\"\nccccccccccc,other,\n")],
            path => _ = AbsenceList.Open(Path.GetDirectoryName(path)!).Videos),
        Table(
            "feature-table", "film.csv",
            _ =>
            [
                Text("name;frameTime;F0_sma;loudness_sma\n'unknown';0.000000;1;2.5e+00\n'unknown';0.010000;3;4\n'unknown';0.020000;5;6\n"),
                Text("file,start,end,a\nx.wav,0 days 00:00:00,0 days 00:00:01,1\nx.wav,0 days 00:00:01.5,,2\ny.wav,0 days 00:00:00,,3\ny.wav,1,,4\n"),
                Text("\uFEFFVideo ID,timestamp_ms,a,b\nx,0,1,2\nx,40,3,4\ny,0,5,6\n"),
            ],
            path => _ = ForeignSource.Describe(path, null, null)),
        Table(
            "metrics", "metrics.csv",
            _ => [Text("epoch,learning_rate,loss,pearson,pearson_detected_only,ccc,pearson.joy\n1,0.001,0.5,,,,\n2,0.001,0.25,0.1,0.2,0.05,0.15\n")],
            path => _ = MetricsFile.ReadScores(path, "pearson")),
    ];

    private static FuzzedReader Table(string name, string file, Func<string, IEnumerable<byte[]>> seeds, Action<string> read) =>
        new(name, file, seeds, Synchronous(read)) { IsText = true, Words = s_words };

    private static Func<string, Task> Synchronous(Action<string> read) => path =>
    {
        read(path);
        return Task.CompletedTask;
    };

    private static IEnumerable<byte[]> Labels(string folder)
    {
        yield return Text("YouTube ID,Timestamp (milliseconds),amusement,fear\na,0,0.5,0\na,166666,0.25,1\na,333333,0,1e-3\nb,0,0,0\nb,166666,0.125,0.5\n");
        yield return Text("Video ID,Timestamp (milliseconds)\na,0\na,1000000\n\"b,c\",0\n\"b,c\",1000000\n\"b,c\",2000000\n");
    }

    private static void ReadLabels(string path)
    {
        foreach (VideoTimes _ in EevCsv.ReadTimes(path))
        {
            // Read to its end.
        }

        if (EevCsv.ReadScheme(path) is not null)
        {
            _ = LabelSet.Read(path);
        }
    }

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
