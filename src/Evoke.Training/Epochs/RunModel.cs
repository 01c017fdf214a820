using System.Globalization;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Files.Text;
using Evoke.Heads.ModelFiles;
using Evoke.Training.Clips;
using Evoke.Training.Runs;

namespace Evoke.Training.Epochs;

/// <summary>The current model of a run, as stored in its file.</summary>
internal static class RunModel
{
    /// <summary>The network as it is now.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="network">Its network.</param>
    /// <param name="recipe">The recipe in full.</param>
    /// <param name="epoch">Epochs done.</param>
    /// <param name="scores">The scores of the validation after them.</param>
    public static ModelContent Of(RunSetup plan, TrainedNetwork network, string recipe, int epoch, ValidationScores scores) => new()
    {
        Description = new ModelDescription
        {
            Emotions = plan.Train.Labels.Scheme.Names,
            Ranges = ModelDescription.RangesOf(plan.Train.Labels.Scheme),
            RateHertz = plan.Recipe.Data.Rate.Hertz,
            ClipSteps = plan.ClipSteps,
            VisualEncoder = plan.Train.Visual?.Encoder,
            AudioEncoder = plan.Train.Audio?.Encoder,
            VisualExpansion = plan.VisualExpansion,
            AudioExpansion = plan.AudioExpansion,
            Normalisation = RecipeInput.NormalisationOf(plan.Recipe.Data.Normalisation),
            Position = RecipeInput.PositionOf(plan.Recipe.Data),
            Head = network.Head.Config,
            Recipe = recipe,
            TrainedOn = network.HowSolved.Length > 0 ? $"{TrainedOn(plan)}; {network.HowSolved}" : TrainedOn(plan),
            Scores = scores.ByName.Add("epoch", epoch),
        },
        Weights = network.Head.CopyWeights(),
        VisualStatistics = network.Statistics.Visual,
        AudioStatistics = network.Statistics.Audio,
    };

    // "120 videos of train.csv by the recipe 'paper'; scored on 40 videos of val.csv that it was not trained on"
    private static string TrainedOn(RunSetup plan)
    {
        int both = plan.ValidationVideosTrainedOn;
        string scored = both == 0 ? "that it was not trained on"
            : both == plan.Validation.Videos.Count ? "that it was trained on too"
            : string.Create(CultureInfo.InvariantCulture, $"of which it was trained on {both}");
        RunSources sources = plan.Options.Sources;
        return $"{Of(plan.Train, sources.TrainLabels)} by the recipe '{plan.Recipe.Name}'; scored on {Of(plan.Validation, sources.ValidationLabels)} {scored}";

        static string Of(VideoSet set, LabelFile? file) =>
            Quantity.Of(set.Videos.Count, "video") + (file is null ? "" : $" of {Path.GetFileName(file.Path)}");
    }
}
