using System.Collections.Immutable;

namespace Evoke.Training.Epochs;

/// <summary>An event of a training run.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract record TrainingEvent;

/// <summary>The run is about to start or resume.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="TrainingVideos">Number of training videos.</param>
/// <param name="ValidationVideos">Number of validation videos.</param>
/// <param name="MissingVideos">Ids of videos that have labels but no features.</param>
/// <param name="Notes">What users should know about the features, for example that they mix precisions.</param>
/// <param name="Parameters">Number of trained weights of the head.</param>
/// <param name="Precision">"float32" or "bfloat16".</param>
/// <param name="ResumedEpoch">Epochs done before; 0 for a new run.</param>
/// <param name="Epochs">Epochs of the recipe.</param>
public sealed record RunStarted(
    string Recipe, int TrainingVideos, int ValidationVideos, IReadOnlyList<string> MissingVideos, IReadOnlyList<string> Notes, long Parameters,
    string Precision, int ResumedEpoch, int Epochs) : TrainingEvent;

/// <summary>A step was done.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Epoch">Epochs done; fractional within an epoch.</param>
/// <param name="Epochs">Epochs of the recipe.</param>
/// <param name="Loss">Mean loss of this epoch so far.</param>
/// <param name="ValidationPearson">Pearson of the last validation; null before the first.</param>
/// <param name="BestPearson">Pearson of the best validation; null before the first.</param>
public sealed record StepDone(double Epoch, int Epochs, double Loss, double? ValidationPearson, double? BestPearson) : TrainingEvent;

/// <summary>A validation was done and a checkpoint written.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Scores">By name: "pearson", "pearson_detected_only", "ccc".</param>
/// <param name="IsBest">True if it is the best so far.</param>
public sealed record Validated(int Epoch, ImmutableSortedDictionary<string, double> Scores, bool IsBest) : TrainingEvent;

/// <summary>The number of epochs was chosen by folds of the training videos.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Reason">How many, and why, in a sentence for users.</param>
public sealed record EpochsChosen(string Reason) : TrainingEvent;

/// <summary>One of the models of a run begins or continues: of a fold, or of an ensemble. Epochs are counted over all models of the run.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">"gru-fold-1".</param>
/// <param name="EpochsDone">Epochs of all models that were done before.</param>
/// <param name="Epochs">Epochs of all models.</param>
public sealed record MemberStarted(string Name, double EpochsDone, int Epochs) : TrainingEvent;

/// <summary>The run is done, or has reached the requested pause.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Epochs">Epochs done.</param>
/// <param name="StoppedEarly">True if patience ended it.</param>
/// <param name="BestEpoch">Epochs done at the best validation.</param>
/// <param name="BestScores">Its scores.</param>
/// <param name="LoaderShare">Share of the time in which the network waited for clips.</param>
public sealed record RunFinished(
    int Epochs, bool StoppedEarly, int BestEpoch, ImmutableSortedDictionary<string, double> BestScores, double LoaderShare) : TrainingEvent;
