namespace Evoke.Training.Evaluation;

/// <summary>What a submission was made of.</summary>
/// <param name="MissingVideos">Ids of the videos that had no features and got zeros, in the order of the file.</param>
/// <param name="Notes">What a person should know about the features; empty if all is well.</param>
public sealed record SubmissionReport(IReadOnlyList<string> MissingVideos, IReadOnlyList<string> Notes);
