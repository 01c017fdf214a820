using Evoke.Datasets.Labels;
using Evoke.Testing;
using Evoke.Training.Reports;

namespace Evoke.Training.Tests.Reports;

public sealed class RaterNoteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheImportBesideTheLabelsSaysHowManyRatersThereAreAndTheirCeiling()
    {
        Write("""
            { "gold": "mean", "raters": [{}, {}, {}], "agreement": {
              "a": { "valence": { "ceiling_low": 0.2, "ceiling_high": 0.4 } }, "b": { "valence": { "ceiling_low": 0.4, "ceiling_high": 0.6 }, "x": {} } } }
            """);
        RaterNote note = RaterNote.Of(Labels)!;
        note.Raters.ShouldBe("3, joined by mean");
        note.Ceiling.ShouldBe("Pearson 0.300 to 0.500, mean over videos and curves");
    }

    [Fact]
    public void WithoutAnImportNothingIsSaidAndADamagedOneIsNamed()
    {
        RaterNote.Of(null).ShouldBeNull();
        RaterNote.Of(Labels).ShouldBeNull();
        Write("[1");
        RaterNote.Of(Labels)!.Raters.ShouldContain("import.json cannot be read");
        Write("""{ "gold": "mean" }""");
        RaterNote.Of(Labels)!.Raters.ShouldContain("import.json cannot be read");
    }

    private LabelFile Labels => new(_folder.File("train.csv"), new string('a', 64));

    private void Write(string json) => File.WriteAllText(_folder.File("import.json"), json);
}
