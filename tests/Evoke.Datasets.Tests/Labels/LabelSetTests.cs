using System.Security.Cryptography;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.Labels;

public sealed class LabelSetTests : IDisposable
{
    private const float No = float.NaN;

    private static readonly EmotionScheme s_scheme = new(["Valence", "arousal"], [new CurveRange(-1, 1), new CurveRange(1, 9)]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFileKeepsItsRanges()
    {
        LabelSet written = Set([-0.5f, 1, No, 9, 0.5f, 3]);
        EevCsv.Write(s_scheme, written.Videos, _folder.File("labels.csv"));
        LabelSet read = LabelSet.Read(_folder.File("labels.csv"));
        read.Scheme.ShouldBe(s_scheme);
        read.HasMissing.ShouldBeTrue();
        read.Notes.ShouldBeEmpty();
        Set([0, 1, 0, 1]).HasMissing.ShouldBeFalse();
    }

    /// <summary>A large file is hashed while its rows are parsed, a small one afterwards.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void AFileIsKnownByItsHash(int rows)
    {
        string path = WriteRows(rows, "0.25");
        LabelFile file = LabelSet.Read(path).File.ShouldNotBeNull();
        file.Path.ShouldBe(path);
        file.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void AFileWithAMistakeIsFreeAtOnce(int rows)
    {
        string path = WriteRows(rows, "x");
        Should.Throw<EevCsvException>(() => LabelSet.Read(path)).Message.ShouldContain($"line {rows + 1}");
        using FileStream alone = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        alone.Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void SomeCurvesAreChosenByNameInAnyCase()
    {
        LabelSet chosen = Set([-0.5f, 1, No, 9]).Select(["AROUSAL"]);
        chosen.Scheme.ToString().ShouldBe("arousal from 1 to 9");
        chosen.Videos[0].Curves.Values.ToArray().ShouldBe([1, 9]);
        chosen.HasMissing.ShouldBeFalse();
        Should.Throw<DatasetException>(() => Set([0, 1]).Select(["joy"])).Message.ShouldBe(
            "Labels set: there is no curve joy; the curves are Valence from -1 to 1, arousal from 1 to 9.");
        Should.Throw<DatasetException>(() => Set([0, 1]).Select(["valence", "Valence"])).Message.ShouldContain("named twice");
    }

    [Fact]
    public void SetsOnOtherScalesDoNotMerge()
    {
        EmotionCurves curves = new(new EmotionScheme(s_scheme.Names), new TimeGrid(new Rate(1), 1), [0, 1]);
        LabelSet plain = new("plain", curves.Scheme, [new LabelledVideo("b", curves)]);
        Should.Throw<DatasetException>(() => Set([0, 1]).Merge(plain)).Message.ShouldContain("expected the emotions Valence from -1 to 1");
    }

    [Fact]
    public void LevelsAreSharesOfTheRangeOverTheLabelsThatExist()
    {
        VideoFeatures features = new()
        {
            VideoId = "a",
            SourceName = "a.mp4",
            SourceBytes = 1,
            DurationSeconds = 3,
            Visual = new FeatureSequence(new EncoderIdentity("toy"), new Rate(1), 1, [1, 2, 3]),
        };
        MemoryFeatureSource source = new("features", ["a"], _ => features);
        double[] Levels(float[] values) => LabelLevels.Of(VideoSet.Join(Set(values), source, ModalityChoice.Visual, new Rate(1)), GapTreatment.Mask);

        // Valence -1 and 0, arousal 3 and 5; a neutral row of zeros would count, here it is valence 0.
        Levels([-1, 3, No, 5, 0, No]).ShouldBe([0.25, 0.375], 1e-9);
        Levels([No, 3, No, 5, No, No]).ShouldBe([0.5, 0.375], 1e-9);
    }

    // One video whose last label is given.
    private string WriteRows(int rows, string last)
    {
        IEnumerable<string> lines = Enumerable.Range(0, rows).Select(row => $"film,{row * 1_000_000L},{(row == rows - 1 ? last : "0.5")}");
        File.WriteAllLines(_folder.File("labels.csv"), lines.Prepend("YouTube ID,Timestamp (microseconds),joy"));
        return _folder.File("labels.csv");
    }

    private static LabelSet Set(float[] values) =>
        new("set", s_scheme, [new LabelledVideo("a", new EmotionCurves(s_scheme, new TimeGrid(new Rate(1), values.Length / 2), values))]);
}
