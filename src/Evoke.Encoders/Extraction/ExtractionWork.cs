namespace Evoke.Encoders.Extraction;

/// <summary>The progress of a run in work that was really done. Videos that were already done do not count, so that the rate predicts the remaining
/// time.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Videos">Videos that are finished: extracted or failed.</param>
/// <param name="VideosToDo">Videos without features when the run began.</param>
/// <param name="Amount">Frames encoded so far; seconds of sound in a run without a visual encoder.</param>
/// <param name="AmountToDo">About how many there are in total, estimated from the sizes of the remaining files; null until the length of one is known.</param>
public readonly record struct ExtractionWork(int Videos, int VideosToDo, double Amount, double? AmountToDo);
