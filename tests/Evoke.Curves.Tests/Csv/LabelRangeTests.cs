using Evoke.Curves.Csv;
using Evoke.Testing;

namespace Evoke.Curves.Tests.Csv;

public sealed class LabelRangeTests : IDisposable
{
    private const string Header = "Video ID,Timestamp (milliseconds),Valence,arousal\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-0.1,0.5", "'Valence'", "-0.1")]
    [InlineData("0.5,1.0001", "'arousal'", "1.0001")]
    [InlineData("0.5,25.0", "'arousal'", "25.0")]
    public void ALabelOutsideItsRangeIsAnErrorWithTheLine(string labels, string column, string value)
    {
        EevCsvException error = Should.Throw<EevCsvException>(() => Read($"a,0,0,1\na,500000,{labels}\n"));
        error.Line.ShouldBe(3);
        error.Message.ShouldContain(column);
        error.Message.ShouldContain($"must be from 0 to 1; found '{value}'");
        error.Message.ShouldContain("labels.scheme.json");
    }

    [Fact]
    public void TheDescriptionBesideTheFileGivesRangeAndUnit()
    {
        Describe("""{ "range": [-1, 1], "curves": { "AROUSAL": { "range": [1, 9], "unit": "SAM points" } } }""");
        EmotionScheme scheme = Read("a,0,-1,9\na,500000,0.25,1\n").Scheme;
        scheme.Ranges.ShouldBe([new CurveRange(-1, 1), new CurveRange(1, 9, "SAM points")]);
        scheme.ZeroRowsAreMissing.ShouldBeFalse();
        EevCsvException error = Should.Throw<EevCsvException>(() => Read("a,0,-1,0\n"));
        error.Message.ShouldContain("column 'arousal' must be from 1 to 9 (SAM points); found '0'");
        error.Message.ShouldNotContain("scheme.json");
    }

    [Fact]
    public void ZerosAreLabelsUnlessTheDescriptionSaysOtherwise()
    {
        Read("a,0,0,0\n").IsGap(0).ShouldBeFalse();
        Describe("""{ "zero_rows_are_missing": true }""");
        Read("a,0,0,0\n").IsGap(0).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" ", "NaN")]
    [InlineData("nan", "NA")]
    [InlineData("\"\"", "na")]
    public void BlankAndNaNAreMissing(string first, string second)
    {
        EmotionCurves curves = Read($"a,0,0.5,1\na,500000,{first},{second}\n");
        curves.Values.ToArray().ShouldBe([0.5f, 1, float.NaN, float.NaN]);
        curves.IsGap(1).ShouldBeTrue();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("Infinity")]
    [InlineData("-")]
    [InlineData("1,5")]
    public void OtherWordsAreErrors(string label) => Should.Throw<EevCsvException>(() => Read($"a,0,0.5,\"{label}\"\n")).Line.ShouldBe(2);

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        EmotionScheme scheme = new(["Valence", "arousal"], [new CurveRange(-1, 1), new CurveRange(1, 9, "points")], zeroRowsAreMissing: true);
        EmotionCurves curves = new(scheme, new TimeGrid(new Rate(2), 2), [-0.5f, float.NaN, 1, 9]);
        string path = _folder.File("out.csv");
        EevCsv.Write(scheme, [new LabelledVideo("a", curves)], path);
        File.ReadAllText(path).ShouldBe(Header + "a,0,-0.5,\na,500000,1,9\n");
        EmotionCurves read = EevCsv.ReadLabels(path).Single().Curves;
        read.Scheme.ShouldBe(scheme);
        read.Values.ToArray().ShouldBe(curves.Values.ToArray());
    }

    [Fact]
    public void ASchemeThatFollowsFromItsNamesNeedsNoDescription()
    {
        string path = _folder.File("labels.csv");
        EevCsv.Write(EmotionScheme.Affect, [], path);
        Directory.GetFiles(_folder.Path).ShouldBe([path]);

        // An old description would be wrong for the new file.
        Describe("""{ "range": [-1, 1] }""");
        EevCsv.Write(EmotionScheme.Affect, [], path);
        EevCsv.ReadScheme(path).ShouldBe(EmotionScheme.Affect);
    }

    [Theory]
    [InlineData("{", "not a valid description")]
    [InlineData("""{ "ranges": [0, 1] }""", "'ranges'")]
    [InlineData("""{ "range": [1] }""", "must be two numbers such as [-1, 1]; found 1")]
    [InlineData("""{ "range": [1, -1] }""", "the range of 'Valence': a range must go from a lower to a higher finite number; found 1 to -1")]
    [InlineData("""{ "curves": { "joy": { "range": [0, 1] } } }""", "there is no column 'joy'; the file has Valence, arousal")]
    [InlineData("""{ "curves": { "arousal": {}, "Arousal": {} } }""", "'Arousal' appears twice")]
    [InlineData("""{ "timestamps": "seconds" }""", "timestamps")]
    [InlineData("""{ "timestamps": 1 }""", "timestamps")]
    [InlineData("""{ "range": [0, 1], "range": [1, 9] }""", "not a valid description")]
    [InlineData("[]", "not a valid description")]
    public void MistakesInADescriptionAreNamed(string json, string problem)
    {
        Describe(json);
        SchemeFileException error = Should.Throw<SchemeFileException>(() => Read("a,0,0,0\n"));
        error.Message.ShouldStartWith(_folder.File("labels.scheme.json"));
        error.Message.ShouldContain(problem);
    }

    [Fact]
    public void AnEmptyDescriptionSaysNothing()
    {
        Describe("{}");
        Read("a,0,0,1\n").Scheme.ShouldBe(new EmotionScheme(["Valence", "arousal"]));
    }

    [Fact]
    public void AHugeDescriptionIsNotRead()
    {
        Describe(new string(' ', 2_000_000));
        Should.Throw<SchemeFileException>(() => Read("a,0,0,0\n")).Message.ShouldContain("at most 1048576 bytes; found 2000000");
    }

    [Fact]
    public void PredictionsHaveTheRangesOfTheLabelsAndMayOvershootThem()
    {
        EmotionScheme labels = new(["valence"], [new CurveRange(-1, 1)]);
        string path = _folder.File("labels.csv");
        File.WriteAllText(path, Header + "a,0,-1.5,0.5\n");
        EmotionCurves predicted = EevCsv.ReadPredictions(path, labels).Single().Curves;
        predicted.Scheme.Ranges.ShouldBe([new CurveRange(-1, 1), CurveRange.ZeroToOne]);
        predicted.Values.ToArray().ShouldBe([-1.5f, 0.5f]);

        Describe("""{ "range": [-2, 2] }""");
        EevCsv.ReadPredictions(path, labels).Single().Curves.Scheme.Ranges[0].ShouldBe(new CurveRange(-2, 2));
    }

    private void Describe(string json) => File.WriteAllText(_folder.File("labels.scheme.json"), json);

    private EmotionCurves Read(string rows)
    {
        string path = _folder.File("labels.csv");
        File.WriteAllText(path, Header + rows);
        return EevCsv.ReadLabels(path).Single().Curves;
    }
}
