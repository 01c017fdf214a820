using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Testing;
using Evoke.Training.Evaluation;

namespace Evoke.Training.Tests.Evaluation;

public sealed class PredictionTablesTests : IDisposable
{
    private static readonly EmotionScheme s_scheme = new(["joy"], zeroRowsAreMissing: false);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FilesAndFoldersAreScoredTogetherAndVideosWithoutLabelsAreNoted()
    {
        Write("out/a.csv", Video("a", 10, 0));
        Write("out/more/b.csv", Video("b", 10, 0));
        Write("c.csv", Video("c", 10, 0));
        LabelSet labels = new("labels", s_scheme, [Video("a", 10, 0), Video("c", 10, 0)]);

        PredictionTables tables = PredictionTables.Read([_folder.File("out"), _folder.File("c.csv")], labels, s_scheme, 0);

        Evaluator.Score(labels, tables.Predictions).Pearson.ShouldBe(1, 1e-4);
        tables.Notes.ShouldBe(["Predictions without labels are not scored: 1 video of 3."]);
        Directory.CreateDirectory(_folder.File("empty"));
        Should.Throw<DatasetException>(() => PredictionTables.Read([_folder.File("empty")], labels, s_scheme, 0)).Message.ShouldContain("found none");
        Write("again.csv", Video("a", 10, 0));
        Should.Throw<DatasetException>(() => PredictionTables.Read([_folder.File("out"), _folder.File("again.csv")], labels, s_scheme, 0)).Message
            .ShouldContain("video 'a' appears twice");
    }

    [Fact]
    public void LabelsThatCameLateAreScoredAgainstPredictionsOfTheirOwnTime()
    {
        // What was felt at t is told 3 s later; predictions are of what is felt, to the end of the video.
        Write("p.csv", Video("a", 20, 0));
        LabelSet late = new LabelSet("labels", s_scheme, [Video("a", 20, 3)]).Earlier(3);

        PredictionTables tables = PredictionTables.Read([_folder.File("p.csv")], late, s_scheme, 3);

        Evaluator.Score(late, tables.Predictions).Pearson.ShouldBe(1, 1e-4);
        Should.Throw<DatasetException>(() => Evaluator.Score(late, PredictionTables.Read([_folder.File("p.csv")], late, s_scheme, 1).Predictions)).Message
            .ShouldContain("6 rows are extra");
    }

    [Fact]
    public void AModelThatWasTrainedWithALagIsNamedWhereAnotherOneIsUsed()
    {
        const string recipe = "name: own\ndata:\n  lag: 3\n";
        TrainedLag.NoteOf([recipe, recipe], 0)
            .ShouldBe("The model was trained with data.lag=3; here labels are moved by 0 s. To move them as in training, give --lag 3.");
        TrainedLag.NoteOf([recipe], 3).ShouldBeNull();
        TrainedLag.NoteOf(["# Imported from elsewhere.\n", ""], 3).ShouldBeNull();
    }

    private static LabelledVideo Video(string id, int seconds, double lag) => new(
        id,
        new EmotionCurves(
            s_scheme,
            new TimeGrid(new Rate(2), 2 * seconds),
            [.. Enumerable.Range(0, 2 * seconds).Select(step => 0.5f + (0.4f * (float)Math.Sin(((step / 2.0) - lag) / 2)))]));

    private void Write(string name, LabelledVideo video)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        EevCsv.Write(s_scheme, [video], _folder.File(name));
    }
}
