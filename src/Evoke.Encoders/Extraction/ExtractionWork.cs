namespace Evoke.Encoders.Extraction;

/// <summary>How far a run is, in work that was really done: what was there already counts for nothing, so that the rate tells how long the rest
/// takes.</summary>
/// <param name="Videos">Videos that are done with: extracted, or failed.</param>
/// <param name="VideosToDo">Videos that were not there when the run began.</param>
/// <param name="Amount">Frames encoded so far; seconds of sound in a run without a visual encoder.</param>
/// <param name="AmountToDo">About how many there are in all, judged by the sizes of the files that are left; null until the length of one is known.</param>
public readonly record struct ExtractionWork(int Videos, int VideosToDo, double Amount, double? AmountToDo);
