using System.Globalization;
using System.Text;
using Evoke.Curves;
using Evoke.Curves.Metrics;
using Evoke.Files.Text;
using Evoke.Heads.Reactions;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Training.Reports;

/// <summary>The model card of a run's best model, in Markdown: what it was made from, how good it is, and what it must not be used for.</summary>
internal static class RunCard
{
    private const int BootstrapSeed = 1;

    /// <summary>The card of a run that has been validated.</summary>
    public static string Of(RunSetup plan, RunState state)
    {
        StringBuilder card = new();
        RunSources sources = plan.Options.Sources;
        string name = Path.GetFileName(Path.GetFullPath(plan.Folder.Path).TrimEnd(Path.DirectorySeparatorChar));
        card.Append(CultureInfo.InvariantCulture, $"# Model card: {name}\n\n");
        card.Append(CultureInfo.InvariantCulture, $"{ModelNotice.Text}\n\n| | |\n|---|---|\n");
        Row("model", $"{Kind(plan.Recipe)}, recipe '{plan.Recipe.Name}': {plan.Recipe.Description}");
        Row("input", $"{plan.Train.Visual?.ToString() ?? "no picture"}; {plan.Train.Audio?.ToString() ?? "no sound"}; {plan.Recipe.Data.Rate} Hz");
        Row("curves and ranges", Curves(plan.Train.Labels.Scheme));
        Row("trained on", $"{Quantity.Of(plan.Train.Videos.Count, "video")} of {sources.TrainLabels?.ToString() ?? "unknown labels"}");
        Row("raters", RaterNote.Of(sources.TrainLabels)?.Raters ?? "not known: the labels do not say");
        Row("scored on", $"{Quantity.Of(plan.Validation.Videos.Count, "video")} of {sources.ValidationLabels?.ToString() ?? "unknown labels"}{Chosen(plan)}");
        Row("Pearson, mean over videos", Interval(state));
        Row("CCC, mean over videos", Number(state.BestScores[ValidationScores.Ccc]));
        Row("noise ceiling", RaterNote.Of(sources.TrainLabels)?.Ceiling ?? "not known: it needs the curves of single raters (evoke dataset import)");
        Row(
            "do not use",
            "To say what a person feels, or about people: hiring, clinics, surveillance, consent. On films unlike those above, the scores do not hold.");
        return card.ToString();

        void Row(string what, string text) =>
            card.Append(CultureInfo.InvariantCulture, $"| {what} | {text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ")} |\n");
    }

    private static string Curves(EmotionScheme scheme) =>
        string.Join(", ", scheme.Names.Select((name, i) => scheme.Ranges[i] == CurveRange.ZeroToOne ? $"{name} from 0 to 1" : $"{name} {scheme.Ranges[i]}"));

    private static string Kind(Recipe recipe) => !recipe.IsEnsemble
        ? recipe.Head.Kind
        : $"ensemble of {string.Join(" and ", recipe.Ensemble.Heads)}, each trained on several parts of the videos";

    private static string Chosen(RunSetup plan) => plan.ValidationVideosTrainedOn is > 0 and var both
        ? both == plan.Validation.Videos.Count
            ? ", which were also trained on"
            : string.Create(CultureInfo.InvariantCulture, $", {both} of which were also trained on")
        : plan.Recipe.Train is { Epochs: > 1, EpochsByFolds: false } && !plan.Recipe.IsEnsemble
            ? "; the best epoch was chosen on them, which flatters"
        : ", which nothing was chosen on";

    private static string Interval(RunState state)
    {
        string mean = Number(state.BestScores[ValidationScores.Pearson]);
        return Bootstrap.Of([.. state.BestVideos.Select(video => video.Pearson)], BootstrapSeed) is { } interval
            ? $"{mean}; 95 % bootstrap interval over videos {Number(interval.Low)} to {Number(interval.High)}"
            : $"{mean}; interval n/a with one video";
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
