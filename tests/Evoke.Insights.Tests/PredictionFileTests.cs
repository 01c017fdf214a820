using Evoke.Curves.Export;
using Evoke.Curves.Measures;
using Evoke.Files;
using Evoke.Insights.Predictions;
using Evoke.Insights.Summaries;
using Evoke.Testing;

namespace Evoke.Insights.Tests;

public sealed class PredictionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void APredictionComesBackWithEverythingThatItsMeasuresAreMadeOf()
    {
        float[] values = [.. Enumerable.Range(0, 120).Select(i => i % 7 == 3 ? float.NaN : MathF.Sin(i))];
        PredictionDocument written = Predictions.Of(["arousal", "valence"], 6, values, "a \"film\"", [new(-1, 1), new(-1, 1, "SAM")]) with
        {
            ModelSha256 = new string('a', 64),
            Film = Predictions.Film([1, 4], -20.5, -30, -100) with { CutCount = 3, Speech = [0, 0.25, 1] },
            StrongestOrigin = new MomentOrigin(0.25, -0.125),
        };
        written = written with { Measures = VideoSummary.Of(written) };
        JsonExport.Write(written, _folder.File("film.json"));

        PredictionDocument read = PredictionFile.Read(_folder.File("film.json"));

        (read.VideoId, read.SourceName, read.DurationSeconds, read.ModelName, read.ModelSha256).ShouldBe(
            (written.VideoId, written.SourceName, written.DurationSeconds, written.ModelName, written.ModelSha256));
        read.Curves.Scheme.HasSameCurves(written.Curves.Scheme).ShouldBeTrue();
        read.Curves.Values.ToArray().ShouldBe(written.Curves.Values.ToArray());
        read.Encoders.ShouldBe(written.Encoders);
        read.Film!.Speech!.Value.ShouldBe([0, 0.25, 1]);
        MeasureList measures = VideoSummary.Of(read);
        measures.Measures.ShouldBe(written.Measures.Measures);
        measures.Missing.ShouldBe(written.Measures.Missing);
    }

    [Theory]
    [InlineData("\"rate_hz\": 6", "\"rate_hz\": 0", "'rate_hz' must be above 0; found 0")]
    [InlineData("\"steps\": 12", "\"steps\": 13", "the curve 'arousal' must have 13 values; found 12")]
    [InlineData("\"steps\": 12", "\"steps\": 2147483647", "'steps' must be a whole number from 0 to")]
    [InlineData("\"low\": 0", "\"low\": 2", "the range of 'arousal'")]
    [InlineData("\"arousal\"\n", "\" \"\n", "'emotions' has an empty name")]
    [InlineData("\"version\": 1", "\"version\": 7", "its version is 7")]
    [InlineData("\"cut_steps\": [1]", "\"cut_steps\": [-1]", "'cut_steps' must be ascending whole numbers")]
    [InlineData("\"loudness_db\": [-20]", "\"loudness_db\": [1e300]", "a value of 'loudness_db' must be a finite number from -1000 to 1000")]
    [InlineData("evoke.prediction", "evoke.other", "expected the format 'evoke.prediction'; found 'evoke.other'")]
    public void WhatIsWrongWithAFileIsSaid(string was, string becomes, string problem)
    {
        string path = _folder.File("film.json");
        JsonExport.Write(Predictions.Arousal(6, new float[12]) with { Film = Predictions.Film([1], -20) }, path);
        string text = File.ReadAllText(path);
        text.ShouldContain(was);
        File.WriteAllText(path, text.Replace(was, becomes, StringComparison.Ordinal));

        string message = Should.Throw<PredictionFileException>(() => PredictionFile.Read(path)).Message;

        message.ShouldStartWith($"{path} is not a prediction of 'evoke predict --json': ");
        message.ShouldContain(problem);
    }

    [Fact]
    public void AFileThatIsNotThereIsAReadError() => Should.Throw<FileReadException>(() => PredictionFile.Read(_folder.File("none.json")));
}
