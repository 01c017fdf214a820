using System.Collections.Immutable;

namespace Evoke.Training.Epochs;

/// <summary>Where a run stands.</summary>
public abstract record TrainingEvent;

/// <summary>The run is about to start, or to go on.</summary>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="TrainingVideos">Videos that are trained on.</param>
/// <param name="ValidationVideos">Videos that are validated on.</param>
/// <param name="MissingVideos">Ids of videos that have labels and no features.</param>
/// <param name="Notes">What a person should know about the features, for example that they mix precisions.</param>
/// <param name="Parameters">Numbers that the head learns.</param>
/// <param name="Precision">"float32" or "bfloat16".</param>
/// <param name="ResumedEpoch">Epochs that were done before; 0 for a new run.</param>
/// <param name="Epochs">Epochs of the recipe.</param>
public sealed record RunStarted(
    string Recipe, int TrainingVideos, int ValidationVideos, IReadOnlyList<string> MissingVideos, IReadOnlyList<string> Notes, long Parameters,
    string Precision, int ResumedEpoch, int Epochs) : TrainingEvent;

/// <summary>A step was done.</summary>
/// <param name="Epoch">Epochs done, a fraction within one.</param>
/// <param name="Epochs">Epochs of the recipe.</param>
/// <param name="Loss">Mean loss of this epoch so far.</param>
/// <param name="ValidationPearson">The last validation's; null before the first.</param>
/// <param name="BestPearson">The best validation's; null before the first.</param>
public sealed record StepDone(double Epoch, int Epochs, double Loss, double? ValidationPearson, double? BestPearson) : TrainingEvent;

/// <summary>A validation was done and a checkpoint written.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Scores">By name: "pearson", "pearson_detected_only", "ccc".</param>
/// <param name="IsBest">True if it is the best so far.</param>
public sealed record Validated(int Epoch, ImmutableSortedDictionary<string, double> Scores, bool IsBest) : TrainingEvent;

/// <summary>The run is done, or has come to the pause that was asked for.</summary>
/// <param name="Epochs">Epochs done.</param>
/// <param name="StoppedEarly">True if patience ended it.</param>
/// <param name="BestEpoch">Epochs done at the best validation.</param>
/// <param name="BestScores">Its scores.</param>
/// <param name="LoaderShare">Share of the time that the network waited for clips.</param>
public sealed record RunFinished(
    int Epochs, bool StoppedEarly, int BestEpoch, ImmutableSortedDictionary<string, double> BestScores, double LoaderShare) : TrainingEvent;
