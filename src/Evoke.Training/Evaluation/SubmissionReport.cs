namespace Evoke.Training.Evaluation;

/// <summary>The outcome of writing a submission.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="MissingVideos">Ids of the videos that had no features and got zeros, in the order of the file.</param>
/// <param name="Notes">What users should know about the features; empty if there is nothing to report.</param>
public sealed record SubmissionReport(IReadOnlyList<string> MissingVideos, IReadOnlyList<string> Notes);
