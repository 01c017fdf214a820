using Evoke.Datasets.Fetching;

namespace Evoke.Datasets.Checking;

/// <summary>The result of a <see cref="DatasetCheck"/>.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Labelled">Videos in the label files.</param>
/// <param name="Files">Video files; null if they were skipped.</param>
/// <param name="Features">Labelled videos with features; null if they were skipped.</param>
/// <param name="Disagreements">By kind, then in the order of the files. Empty if there are none.</param>
/// <param name="Gone">Labelled videos without a file whose absence gone.csv explains. They are not disagreements.</param>
public sealed record DatasetCheckReport(int Labelled, int? Files, int? Features, IReadOnlyList<Disagreement> Disagreements, IReadOnlyList<VideoAbsence> Gone)
{
    /// <summary>What is wrong with gone.csv if it is damaged; the rows above the damage count.</summary>
    public AbsenceListException? DamagedList { get; init; }

    /// <summary>What users should know about the label files; empty if there is nothing to report.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
