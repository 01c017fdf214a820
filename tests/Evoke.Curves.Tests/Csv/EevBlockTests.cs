using System.Globalization;
using System.Text;
using Evoke.Curves.Csv;
using Evoke.Files;
using Evoke.Testing;

namespace Evoke.Curves.Tests.Csv;

/// <summary>Large files are parsed in blocks on several threads: what comes out, and every message, is that of reading row by row.</summary>
public sealed class EevBlockTests : IDisposable
{
    private const int Documents = 400;
    private const string Header = "YouTube ID,Timestamp (milliseconds),joy,fear\n";

    // What a row, or the place of one, can be besides plain.
    private static readonly string[] s_odd =
    [
        "\n", "\r\n", "\r", "\"v0\",0,0.1,0.2\n", "v1,0,\"0.1\",0.2\n", "v1,0,0.1\n", "v1,0,0.1,0.2,0.3\n", ",0,0.1,0.2\n", "v1,,0.1,0.2\n",
        "v1,-1,0.1,0.2\n", "v1,+0,0.1,0.2\n", "v1, 0,0.1,0.2\n", " v1,0,0.1,0.2\n", "v1 ,0,0.1,0.2\n", "v1,0,,NA\n", "v1,0,nan,NaN\n",
        "v1,0,1e400,0\n", "v1,0,-0.5,0.2\n", "v1,0,Infinity,0\n", "v1,0,x,0.2\n", "v1,0,0.1 , 0.2\n", "v\01,0,0.1,0.2\n", "v1,0,0.1,0.2\r\n",
        "v1,0,0.1\r,0.2\n", "v1,1234567890123456789012,0.1,0.2\n", "v1,0,0.1,\"unclosed\n", "é,0,0.1,0.2\n",
        "v1,0,0.12345678901234567890123456789,0.2\n", "#,0,0.1,0.2\n", "v1,0,0.1,0.2", "v1\n", "v1,\n", "v1,0\n",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void BlocksGiveWhatRowsGive()
    {
        int wrong = 0, whole = 0;
        for (int seed = 0; seed < Documents; seed++)
        {
            string path = _folder.File("labels.csv");
            File.WriteAllText(path, Document(new Random(seed)));
            foreach (EmotionScheme? labels in new[] { null, new EmotionScheme(["joy", "fear"]) })
            {
                string rows = Told(path, labels, blockBytes: 0);
                _ = rows.Contains(path, StringComparison.Ordinal) ? wrong++ : whole++;
                foreach (int block in new[] { 16, 50, 200, 1000 })
                {
                    Told(path, labels, block).ShouldBe(rows, $"document {seed} in blocks of {block} bytes");
                }
            }
        }

        wrong.ShouldBeGreaterThan(Documents / 4);
        whole.ShouldBeGreaterThan(Documents / 4);
    }

    [Fact]
    public void ALargeFileIsReadInBlocksOfItsOwnSize()
    {
        string path = _folder.File("large.csv");
        File.WriteAllText(path, Header + Rows(new Random(1), videos: 60, rows: 2000, "\n"));
        new FileInfo(path).Length.ShouldBeGreaterThan(2L * EevBlockReader.UsualBlock);
        LabelledVideo[] blocks = [.. EevCsv.ReadLabels(path)], rows = [.. EevVideoReader.ReadLabels(path, blockBytes: 0)];
        blocks.Length.ShouldBe(60);
        blocks.Select(video => (video.VideoId, video.Times.FirstLine)).ShouldBe(rows.Select(video => (video.VideoId, video.Times.FirstLine)));
        foreach ((LabelledVideo block, LabelledVideo row) in blocks.Zip(rows))
        {
            block.Curves.Values.ToArray().ShouldBe(row.Curves.Values.ToArray());
        }
    }

    [Fact]
    public void WhoeverStopsEarlyLeavesTheFileFree()
    {
        string path = _folder.File("large.csv");
        File.WriteAllText(path, Header + Rows(new Random(1), videos: 60, rows: 2000, "\n"));
        EevCsv.ReadLabels(path).First().VideoId.ShouldBe("v0");
        using FileStream alone = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        alone.Length.ShouldBeGreaterThan(0);
    }

    private static string Told(string path, EmotionScheme? labels, int blockBytes)
    {
        StringBuilder told = new();
        try
        {
            IEnumerable<LabelledVideo> videos =
                labels is null ? EevVideoReader.ReadLabels(path, blockBytes) : EevVideoReader.ReadPredictions(path, labels, blockBytes);
            foreach (LabelledVideo video in videos)
            {
                told.Append(CultureInfo.InvariantCulture, $"{video.VideoId} {video.Times.FirstLine} {video.Curves.Grid} ");
                told.AppendJoin(' ', video.Curves.Values.ToArray().Select(BitConverter.SingleToUInt32Bits)).Append('\n');
            }
        }
        catch (Exception error) when (error is EevCsvException or FileReadException)
        {
            told.Append(error.Message);
        }

        return told.ToString();
    }

    private static string Document(Random random)
    {
        string end = random.Next(4) == 0 ? "\r\n" : "\n", mark = random.Next(8) == 0 ? "\uFEFF" : "";
        string header = random.Next(8) == 0 ? Header.Replace("joy", "\"joy\"", StringComparison.Ordinal) : Header;
        header = header.Replace("\n", end, StringComparison.Ordinal);
        string text = mark + header + Rows(random, random.Next(1, 5), random.Next(1, 12), end);
        for (int odd = random.Next(3); odd > 0; odd--)
        {
            // After a line, or anywhere.
            int at = random.Next(text.Length);
            at = random.Next(4) == 0 ? at : text.IndexOf('\n', at) + 1;
            text = text.Insert(at, s_odd[random.Next(s_odd.Length)]);
        }

        return random.Next(4) == 0 ? text.TrimEnd('\n') : text;
    }

    private static string Rows(Random random, int videos, int rows, string end)
    {
        StringBuilder text = new();
        for (int video = 0; video < videos; video++)
        {
            for (int row = 0; row < rows; row++)
            {
                string joy = random.Next(10) == 0 ? "" : random.NextSingle().ToString(CultureInfo.InvariantCulture);
                text.Append(CultureInfo.InvariantCulture, $"v{video},{row * 1_000_000L / 6},{joy},{random.NextDouble()}{end}");
            }
        }

        return text.ToString();
    }
}
