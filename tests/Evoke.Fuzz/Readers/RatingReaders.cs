using System.Collections.Immutable;
using System.Text;
using Evoke.Curves;
using Evoke.Datasets.EmoFilm;
using Evoke.Datasets.Heatmaps;
using Evoke.Datasets.Ratings;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Fuzz.Repairs;

namespace Evoke.Fuzz.Readers;

/// <summary>Ratings by people: tables, workbooks, ELAN, BIDS, Emo-FilM, and YouTube's heatmaps.</summary>
internal static class RatingReaders
{
    private const string Recording = "sub-a_task-film_stim.tsv.gz";
    private const string Columns = """{"SamplingFrequency": 2, "StartTime": 0.5, "Columns": ["valence", "arousal"]}""";
    private const string Divider = "\n====\n";

    private static readonly string[] s_items = ["Anger", "Joy"];

    private static readonly ImmutableArray<string> s_tableWords =
    [
        "\"", "\"\"", ",", ",,", ";", "\t", "|", "\r\n", "\n", "\n\n", "\r", "\uFEFF", "\0", "n/a", "NaN", "1e308", "-1", "00:01:02.5", "0,5", "video", "rater",
        "time", "valence", "rating", "mean", "seconds", "ms", "'=1", "86401", "1600000000",
    ];

    public static IEnumerable<FuzzedReader> All =>
    [
        new("ratings", "ratings.csv", _ => Tables(), ReadRatings) { IsText = true, Words = s_tableWords },
        new("ratings-bids", Recording, _ => [GzipRepair.Write("0.5\t-1\n0.25\tn/a\n\t0\n"u8)], ReadRecording)
        {
            Words = s_tableWords,
            Repair = GzipRepair.Repair,
        },
        new("ratings-json", "recording.json", _ => Recordings(), ReadRecordingWithColumns)
        {
            IsText = true,
            Words = [Divider, "null", "[]", "{}", "\"SamplingFrequency\": ", "\"StartTime\": ", "\"Columns\": [", "\\ud800", "1e400", "-1", "\0", "\t"],
        },
        new("ratings-elan", "film.eaf", _ => [Elan()], ReadRatings)
        {
            IsText = true,
            Words =
            [
                "<TIER TIER_ID=\"x\">", "</TIER>", "TIME_VALUE=\"", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "&a;", "&#0;", "&#xD800;", "<![CDATA[", "]]>",
                "encoding=\"utf-16\"", "encoding=\"utf-7\"", "<a><a><a><a><a><a><a><a>", "MEDIA_URL=\"file:///%\"", "-1", "\0",
            ],
        },
        new("ratings-xlsx", "ratings.xlsx", _ => [WorkbookSamples.Xlsx()], ReadRatings)
        {
            Words =
            [
                "<row r=\"2\">", "<c r=\"XFD1048576\" t=\"s\"><v>9</v></c>", "t=\"b\"", "t=\"e\"", "t=\"d\"", "t=\"str\"", "<v>1e308</v>", "s=\"99\"",
                "<sheetData>", "</sheetData>", "r:id=\"rId9\"", "<dimension ref=\"A1:XFD1048576\"/>", "&#0;", "<!DOCTYPE a>",
            ],
            Repair = ZipRepair.Repair,
        },
        new("ratings-xls", "ratings.xls", _ => WorkbookSamples.Xls(), ReadRatings) { Words = ["\u0009\b", "\n\0\0\0", "time", "\u00FF"] },
        new("mapping", "mapping.yaml", _ => Mappings(), path => Run(() => MappingFile.Read(path)))
        {
            IsText = true,
            Words =
            [
                "layout: long\n", "time_unit: clock\n", "name: '{rater}_{video}'\n", "curves: {a: [b]}\n", "curves: [[a]]\n", "{{{", "*a", "&a ", "? ", "- ",
                ": ", "[", "sampling: .inf\n", "\0", "'", "{*}{*}{*}",
            ],
        },
        new("heatmap", "film.info.json", _ => Heatmaps(), path => Run(() => ReplayHeatmap.ReadFile(path, new Rate(2))))
        {
            IsText = true,
            Words = ["null", "[]", "{}", "\"heatmap\": [", "\"end_time\": 1e300", "1e400", "-1", "\\ud800", "\"id\": 1", "\"_version\": {\"version\": 1}"],
        },
        new(
            "emo-film", "Annot_Film_stim.tsv.gz", _ => [GzipRepair.Write("Anger\tJoy\n0.5\t-1\nn/a\t0.25\n"u8)],
            path => Run(() => StimFile.Read(path, s_items)))
        {
            Words = s_tableWords,
            Repair = GzipRepair.Repair,
        },
        new("emo-film-files", "files.tsv", _ => [Published()], path => Run(() => EmoFilmFiles.Read(path)))
        {
            IsText = true,
            Words = ["sub-S01/beh/", "..", "/", "\0", "\t", "\n", "derivatives/C_Annot_", "_stim.tsv.gz", "99999999999999999999"],
        },
    ];

    private static Task Run(Func<object> read)
    {
        _ = read();
        return Task.CompletedTask;
    }

    private static Task ReadRatings(string path)
    {
        RatingReading reading = RatingReader.Read([path], new RatingMapping(), []);
        return Run(() => RatingImport.From(reading, new RatingImportOptions { Files = [path], Rate = new Rate(1) }));
    }

    private static Task ReadRecording(string path)
    {
        File.WriteAllText(Path.ChangeExtension(Path.ChangeExtension(path, null), ".json"), Columns);
        return ReadRatings(path);
    }

    // The input is a JSON file and its recording, one after the other.
    private static Task ReadRecordingWithColumns(string path)
    {
        byte[] input = File.ReadAllBytes(path);
        int divider = input.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Divider)) is >= 0 and int found ? found : input.Length;
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, "recording")).FullName;
        string recording = Path.Combine(folder, Recording);
        File.WriteAllBytes(Path.Combine(folder, "sub-a_task-film_stim.json"), input[..divider]);
        File.WriteAllBytes(recording, GzipRepair.Write(input.AsSpan(Math.Min(input.Length, divider + Divider.Length))));
        return ReadRatings(recording);
    }

    private static IEnumerable<byte[]> Tables() => new[]
    {
        "video,rater,time,valence,arousal\na,x,0,0.5,1\na,x,1,0.25,\na,y,0,-0.5,n/a\na,y,1.5,0,1\n\"b,c\",x,0,1,1\n",
        "video,rater,curve,0,0.5,1\na,x,valence,1,2,3\na,y,valence,3,2,\n",
        "Time;r1;r2\n00:00:00,5;1;2\n00:00:01,0;2,5;3\n",
        "stimulus\tparticipant\ttime\trating\nfilm.mp4\t1\t0\t7\nfilm.mp4\t1\t1000\t8\nfilm.mp4\t2\t0\t1\n",
    }.Select(Encoding.UTF8.GetBytes);

    private static IEnumerable<byte[]> Recordings()
    {
        yield return Encoding.UTF8.GetBytes(Columns + Divider + "0.5\t-1\n0.25\tn/a\n");
        yield return Encoding.UTF8.GetBytes("""{"SamplingFrequency": 0.5, "Columns": ["joy"], "joy": {"Units": "1"}}""" + Divider + "1\n2\n3\n");
    }

    private static byte[] Elan() => """
        <?xml version="1.0" encoding="UTF-8"?>
        <ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0">
        <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"><MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/films/film%20one.mp4" MIME_TYPE="video/mp4"/></HEADER>
        <TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="0"/><TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="1500"/><TIME_SLOT TIME_SLOT_ID="ts3"/></TIME_ORDER>
        <TIER TIER_ID="joy@anna" ANNOTATOR="anna" LINGUISTIC_TYPE_REF="t"><ANNOTATION>
        <ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>3</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>
        </ANNOTATION></TIER>
        <TIER TIER_ID="words" LINGUISTIC_TYPE_REF="t"><ANNOTATION>
        <ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>hello</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>
        </ANNOTATION></TIER>
        </ANNOTATION_DOCUMENT>
        """u8.ToArray();

    private static IEnumerable<byte[]> Mappings()
    {
        yield return "video: clip\nrater: person\ntime: t\ncurves: [valence, arousal]\nlayout: long\ntime_unit: ms\nhold: true\n"u8.ToArray();
        yield return "curves: { valence: v }\nsampling: 2.5\nname: '{rater}_{video}'\nfrom_first: false\ncurve: c\nvalue: x\n"u8.ToArray();
    }

    private static IEnumerable<byte[]> Heatmaps()
    {
        yield return """
            {"id": "aaaaaaaaaaa", "duration": 3, "_version": {"version": "2025.01.01"},
             "heatmap": [{"start_time": 0, "end_time": 1.5, "value": 1}, {"start_time": 1.5, "end_time": 3.0, "value": 0.25}]}
            """u8.ToArray();
    }

    private static byte[] Published()
    {
        string hash = new('a', 64);
        return Encoding.UTF8.GetBytes(
            $"path\tbytes\tsha256\nsub-S01/beh/sub-S01_task-Film_recording-Anger_stim.tsv.gz\t100\t{hash}\n"
            + $"derivatives/C_Annot_Film_stim.tsv.gz\t2000\t{hash}\n");
    }
}
