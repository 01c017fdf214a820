using Evoke.Datasets;
using Evoke.Datasets.Sets;
using Evoke.Heads.Inputs;
using Evoke.Kernels.Torch;
using Evoke.Training.Clips;
using Evoke.Training.Recipes;
using static TorchSharp.torch;

namespace Evoke.Training.Runs;

/// <summary>The inputs and options of a run; nothing here changes during the run.</summary>
/// <param name="Recipe">How to train.</param>
/// <param name="Train">The training videos.</param>
/// <param name="Validation">The validation videos.</param>
/// <param name="Folder">The output folder.</param>
/// <param name="Options">How to run.</param>
internal sealed record RunSetup(Recipe Recipe, VideoSet Train, VideoSet Validation, RunFolder Folder, TrainerOptions Options)
{
    /// <summary>The validation videos with features as their encoders give them, as a loaded model takes them.</summary>
    public VideoSet EncodedValidation { get; init; } = Validation;

    /// <summary>What is made of the visual features; null for nothing.</summary>
    public FeatureExpansion? VisualExpansion { get; init; }

    /// <summary>What is made of the audio features; null for nothing.</summary>
    public FeatureExpansion? AudioExpansion { get; init; }

    /// <summary>Where the head is trained.</summary>
    public Device Device { get; } = TorchRuntime.Resolve(Options.Device);

    /// <summary>The precision of training.</summary>
    public Precision Precision { get; } = NetworkPlacement.Of(Options.Device, Recipe.Train.Precision).Precision;

    /// <summary>The number of epochs after which the run is done.</summary>
    public int LastEpoch => Options.ChosenEpochs ?? Recipe.Train.Epochs;

    /// <summary>Steps of a clip; null for a head that takes whole videos.</summary>
    public int? ClipSteps => Recipe.Data.ClipSteps == 0 ? null : Recipe.Data.ClipSteps;

    /// <summary>Ids of videos that have labels but no features.</summary>
    public IReadOnlyList<string> MissingVideos => [.. Train.Missing.Union(Validation.Missing, StringComparer.Ordinal)];

    /// <summary>How many of the validation videos are trained on too: all if the recipe merges the two, or those that are in both label files.</summary>
    public int ValidationVideosTrainedOn => Recipe.Data.MergeValidation
        ? Validation.Videos.Count
        : Validation.Videos.Select(video => video.Id).Intersect(Train.Videos.Select(video => video.Id), StringComparer.Ordinal).Count();

    /// <summary>What users should know about the features.</summary>
    public IReadOnlyList<string> Notes => [.. Train.Notes.Union(Validation.Notes, StringComparer.Ordinal)];

    /// <summary>True if a validation follows after this many epochs.</summary>
    public bool IsValidated(int epochs) => epochs > 0 && (epochs % Recipe.Train.ValidateEvery == 0 || epochs == LastEpoch);

    /// <summary>How a step of a video is written for the head.</summary>
    public StepGather GatherBy(SetStatistics statistics) => new(
        RecipeInput.Of(Recipe.Data, Train.Visual, statistics.Visual), RecipeInput.Of(Recipe.Data, Train.Audio, statistics.Audio), Recipe.Data.Rate);

    /// <summary>Checks that the sets match.</summary>
    /// <exception cref="DatasetException">They have different emotions or features.</exception>
    public static void ThrowIfApart(VideoSet train, VideoSet validation)
    {
        Compare("emotions", train.Labels.Scheme, validation.Labels.Scheme);
        Compare("visual features", $"{train.Visual}", $"{validation.Visual}");
        Compare("audio features", $"{train.Audio}", $"{validation.Audio}");

        void Compare<T>(string what, T expected, T found)
            where T : IEquatable<T>
        {
            if (!expected.Equals(found))
            {
                throw new DatasetException(
                    $"Training and validation must have the same {what}: {train.Labels.Name} has {expected}; {validation.Labels.Name} has {found}.");
            }
        }
    }
}
