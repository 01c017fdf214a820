using System.Globalization;
using System.Text;
using Evoke.Curves.Csv;
using Evoke.Files;
using Evoke.Testing;

namespace Evoke.Curves.Tests.Csv;

/// <summary>What is said of wrong files in EEV format, word for word, and what their edges are.</summary>
public sealed class EevCsvMessageTests : IDisposable
{
    private const string Header = "YouTube ID,Timestamp (milliseconds),joy,fear\n";
    private const string Gap = "a,0,0,0\na,200000,0,0\na,400000,0,0\na,800000,0,0\na,1000000,0,0\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a,0,0.1\na,166666,0.1,0.2\n", "line 2: expected 4 columns; found 3.")]
    [InlineData("a,0,0.1,0.2,0.3\n", "line 2: expected 4 columns; found 5.")]
    [InlineData("a,0,0.1,0.2\na,1666", "line 3: expected 4 columns; found 2. The file ends here: it was cut off.")]
    [InlineData("a,0,Infinity,0\n", "line 2: column 'joy' must be a finite number, or blank if the label is missing; found 'Infinity'.")]
    [InlineData(
        "a,0,0,2\n",
        "line 2: column 'fear' must be from 0 to 1; found '2'. If the labels have another range, say so in labels.scheme.json (docs/dataset.md).")]
    [InlineData(
        Gap,
        "line 5: video 'a': rows must be evenly spaced; most are 200000 microseconds apart, but found 800000 after 400000."
        + " Leave the labels of a row blank where they are missing, but keep the row.")]
    public void AWrongRowIsDescribed(string rows, string problem)
    {
        string path = Write(Header + rows);
        Should.Throw<EevCsvException>(() => EevCsv.ReadLabels(path).ToList()).Message.ShouldBe($"{path}, {problem}");
    }

    [Fact]
    public void WhatToDoAboutAGapFollowsFromWhatAFileHas()
    {
        const string Uneven = "rows must be evenly spaced; most are 200000 microseconds apart, but found 800000 after 400000.";
        string path = Write(Header + Gap);
        Should.Throw<EevCsvException>(() => EevCsv.ReadTimes(path).ToList()).Message.ShouldEndWith(Uneven);
        string zeros = string.Concat(Enumerable.Repeat(",0", EmotionScheme.Eev.Count));
        string rows = Gap.Replace(",0,0\n", zeros + "\n", StringComparison.Ordinal);
        Write($"YouTube ID,Timestamp (milliseconds),{string.Join(',', EmotionScheme.Eev.Names)}\n{rows}");
        Should.Throw<EevCsvException>(() => EevCsv.ReadLabels(path).ToList()).Message
            .ShouldEndWith(Uneven + " Write rows without a face as zeros instead of leaving them out.");
    }

    [Fact]
    public void ARowThatIsMissingIsNamedAndNotOneWhoseTimeIsAPercentOff() =>
        Should.Throw<EevCsvException>(() => EevCsv.ReadLabels(
            Write(Header + "a,0,0,0\na,200000,0,0\na,402000,0,0\na,602000,0,0\na,1002000,0,0\na,1202000,0,0\n")).ToList()).Line.ShouldBe(6);

    [Fact]
    public void OfADescribedFileTheRangeIsKnown()
    {
        string path = Write(Header + "a,0,0,2\n");
        File.WriteAllText(_folder.File("labels.scheme.json"), "{}");
        Should.Throw<EevCsvException>(() => EevCsv.ReadLabels(path).ToList()).Message
            .ShouldBe($"{path}, line 2: column 'fear' must be from 0 to 1; found '2'.");
    }

    [Fact]
    public void AVideoMayHaveManyRows()
    {
        StringBuilder text = new(Header);
        for (int row = 0; row < 20_000; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a,{row * 1_000_000L},{row % 7 / 10.0},{row % 9 / 10.0}\n");
        }

        EmotionCurves curves = EevCsv.ReadLabels(Write(text.ToString())).ShouldHaveSingleItem().Curves;
        curves.Grid.ShouldBe(new TimeGrid(new Rate(1), 20_000));
        for (int row = 0; row < 20_000; row++)
        {
            (curves[row, 0], curves[row, 1]).ShouldBe(((float)(row % 7 / 10.0), (float)(row % 9 / 10.0)));
        }
    }

    [Fact]
    public void ArgumentsThatAreMissingAreNamed()
    {
        Should.Throw<ArgumentException>(() => EevCsv.ReadPredictions("", EmotionScheme.Affect)).ParamName.ShouldBe("path");
        Should.Throw<ArgumentNullException>(() => EevCsv.ReadPredictions("a.csv", null!)).ParamName.ShouldBe("labels");
        Should.Throw<ArgumentNullException>(() => EevCsv.Write(null!, [], _folder.File("a.csv"))).ParamName.ShouldBe("scheme");
        Should.Throw<ArgumentException>(() => SchemeFile.PathFor("")).ParamName.ShouldBe("csv");
        Should.Throw<ArgumentNullException>(() => SchemeFile.Write(_folder.File("a.csv"), null!)).ParamName.ShouldBe("scheme");
        Should.Throw<ArgumentNullException>(() => SchemeFile.Write((Stream)null!, EmotionScheme.Affect)).ParamName.ShouldBe("stream");
        Should.Throw<ArgumentNullException>(() => SchemeFile.Write(Stream.Null, null!)).ParamName.ShouldBe("scheme");
    }

    [Theory]
    [InlineData("train.csv", "train.scheme.json")]
    [InlineData("train.CSV", "train.scheme.json")]
    [InlineData("train.txt", "train.txt.scheme.json")]
    [InlineData("csv", "csv.scheme.json")]
    public void ADescriptionLiesBesideItsFile(string csv, string description) => SchemeFile.PathFor(csv).ShouldBe(description);

    [Fact]
    public void ADescriptionHasAtMostAMebibyte()
    {
        string path = Write(Header + "a,0,1,9\n");
        string description = _folder.File("labels.scheme.json");
        File.WriteAllText(description, """{ "range": [1, 9], "unit": "points" }""".PadRight(1 << 20));
        EevCsv.ReadLabels(path).Single().Curves.Scheme.Ranges.ShouldBe([new CurveRange(1, 9, "points"), new CurveRange(1, 9, "points")]);
        File.AppendAllText(description, " ");
        Should.Throw<SchemeFileException>(() => EevCsv.ReadLabels(path).ToList()).Message
            .ShouldBe($"{description}: expected at most 1048576 bytes; found 1048577.");
    }

    /// <summary>The memory of a process is a file whose first bytes cannot be read, whoever asks.</summary>
    [Fact]
    public void AFileThatFailsWhileItIsReadIsNamed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a file whose reading fails.");
        const string Unreadable = "/proc/self/mem";
        Should.Throw<FileReadException>(() => EevCsv.ReadScheme(Unreadable)).Message.ShouldStartWith($"Cannot read {Unreadable}: ");
        string path = Write(Header);
        File.CreateSymbolicLink(_folder.File("labels.scheme.json"), Unreadable);
        Should.Throw<FileReadException>(() => EevCsv.ReadScheme(path)).Message.ShouldStartWith($"Cannot read {_folder.File("labels.scheme.json")}: ");
    }

    private string Write(string text)
    {
        string path = _folder.File("labels.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
