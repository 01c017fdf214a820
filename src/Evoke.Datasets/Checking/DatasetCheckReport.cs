using Evoke.Datasets.Fetching;

namespace Evoke.Datasets.Checking;

/// <summary>What a <see cref="DatasetCheck"/> has found.</summary>
/// <param name="Labelled">Videos in the label files.</param>
/// <param name="Files">Video files; null if they were left alone.</param>
/// <param name="Features">Labelled videos with features; null if they were left alone.</param>
/// <param name="Disagreements">By kind, then in the order of the files. Empty if all is well.</param>
/// <param name="Gone">Labelled videos without a file of which gone.csv says why. They are explained, and no disagreement.</param>
public sealed record DatasetCheckReport(int Labelled, int? Files, int? Features, IReadOnlyList<Disagreement> Disagreements, IReadOnlyList<VideoAbsence> Gone);
