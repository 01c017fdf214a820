using System.Globalization;
using Evoke.Cli.Extract;
using Evoke.Cli.Predict;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Train;
using Evoke.Cli.Verbs;
using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Datasets.Demo;
using Evoke.Datasets.Sets;
using Evoke.Experiments.Baselines;
using Evoke.Experiments.Demonstration;
using Evoke.Files;
using Evoke.Heads;
using Evoke.Heads.Models;
using Evoke.Heads.Reactions;
using Evoke.Training.Epochs;
using Evoke.Training.Evaluation;
using Evoke.Training.Recipes;

namespace Evoke.Cli.Demo;

/// <summary>
/// The second half of <c>evoke demo</c>: films with known emotions, a head that learns them, and its scores on films that it was not trained on.
/// </summary>
internal sealed class LearningShow(VerbContext context, DemoLearning learning)
{
    private const string Run = "run";
    private const int ContextSeconds = 8;

    private Terminal Terminal => context.Terminal;

    public async Task RunAsync()
    {
        DemoDatasetOptions films = learning.Dataset.Options;
        Terminal.Log("");
        Terminal.Log(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Learning: generating {films.Videos} films of {films.Seconds} seconds, with labels that follow from what is seen and heard …"));
        await CountDisplay.ShowAsync(Terminal, "films", films.Videos, async progress =>
        {
            await learning.MakeFilmsAsync(progress, context.CancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        Terminal.Log("Extracting features …");
        await ProgressDisplay.ShowAsync(Terminal, async board =>
        {
            await learning.ExtractAsync(new ExtractionDisplay(Terminal, board, countsFrames: true), context.CancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);

        Recipe recipe = RecipeReader.Read("demo");
        LearningSets sets = learning.Open(recipe.Data);
        Terminal.Log(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Training a small head on {sets.Train.Videos.Count} of them, with {sets.Validation.Videos.Count} others for validation …"));
        using HeadModel head = ProgressDisplay.Show(Terminal, board => Train(recipe, sets, board));
        await TellAsync(head, sets).ConfigureAwait(false);
    }

    private HeadModel Train(Recipe recipe, LearningSets sets, IProgressBoard board)
    {
        using IProgressLine line = board.Start("training", "epochs", recipe.Train.Epochs);
        InlineProgress<TrainingEvent> shown = new(happening => line.ShowEpochs("training", happening));
        return learning.Train(recipe, sets, Run, shown, context.CancellationToken);
    }

    private async Task TellAsync(HeadModel head, LearningSets sets)
    {
        EvaluationReport scored = sets.Score(head, context.CancellationToken);
        EvaluationReport clock = sets.ScoreClock();
        ScoreInterval? gain = scored.GainIntervalOver(clock);
        double line = sets.ScoreRidge(cancellationToken: context.CancellationToken).Pearson;
        double around = sets.ScoreRidge(new RidgeOptions { ContextSteps = ContextSeconds }, context.CancellationToken).Pearson;
        VideoScore middle = scored.PerVideo.OrderBy(video => video.Pearson).ElementAt(scored.PerVideo.Count / 2);
        string page = await WritePageAsync(head, sets.Test, middle).ConfigureAwait(false);

        Terminal.Out.WriteLine();
        Terminal.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"On {(scored.Videos == 1 ? "a film" : $"{scored.Videos} films")} that the head was not trained on (Pearson, as in the EEV challenge):"));
        Say("elapsed time alone", clock.Pearson, "");
        Say("ridge regression on the same features", line, "");
        Say(string.Create(CultureInfo.InvariantCulture, $"ridge regression with {ContextSeconds} s of context"), around, "");
        string interval = gain is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $" (95 % bootstrap interval over films, 2,000 samples: {gain.Low:+0.000;-0.000} to {gain.High:+0.000;-0.000})");
        Say("the trained head", scored.Pearson, string.Create(
            CultureInfo.InvariantCulture, $"{scored.Pearson - clock.Pearson:+0.000;-0.000} over elapsed time alone{interval}"));
        Say("the true emotions, without noise and gaps", learning.ScoreFeelings(sets).Pearson, "an upper bound");
        Terminal.Out.WriteLine($"Training curves of the run: {new Uri(Path.GetFullPath(learning.RunOf(Run).Report)).AbsoluteUri}");
        Terminal.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Labels and predictions of the film with the median score (Pearson {middle.Pearson:0.000}): {new Uri(page).AbsoluteUri}"));

        void Say(string who, double pearson, string more) => Terminal.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"  {who,-48} {pearson,6:0.000}  {more}").TrimEnd());
    }

    private async Task<string> WritePageAsync(HeadModel head, VideoSet test, VideoScore film)
    {
        using Predictor predictor = Predictor.Load(learning.RunOf(Run).Best);
        EmotionCurves labels = test.Labels.Find(film.Id)!.Curves;
        Prediction prediction = predictor.Predict(test.Features.Read(film.Id));
        PredictionDocument document = prediction.ToDocument() with
        {
            Labels = SparseToDense.Interpolate(labels, prediction.Curves.Grid),
            ModelDescription = $"A small head, trained by 'evoke demo' on generated films; this film was not among them. {head.Summary}",
        };
        string folder = Path.GetDirectoryName(Path.GetFullPath(learning.RunOf(Run).Path))!;
        IReadOnlyDictionary<string, string> files = await PredictionFiles.WriteAsync(
            document,
            learning.PathOf(film.Id),
            location: null,
            PredictionPlace.In(folder),
            document.VideoId,
            new PredictionFormats(Json: false, Vtt: false, Html: true),
            line => context.Log($"evoke: {line}"),
            context.CancellationToken).ConfigureAwait(false);
        return files["html"];
    }
}
