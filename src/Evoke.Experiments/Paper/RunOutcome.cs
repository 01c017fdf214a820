using Evoke.Training.Runs;

namespace Evoke.Experiments.Paper;

/// <summary>How a run ended.</summary>
/// <param name="Folder">Its files.</param>
/// <param name="Validation">The best validation: Pearson over all rows.</param>
/// <param name="DetectedOnly">Pearson over rows with labels at that validation.</param>
/// <param name="Test">Pearson on the test videos; null if it was not requested or their labels are not known.</param>
internal sealed record RunOutcome(RunFolder Folder, double Validation, double DetectedOnly, double? Test);
