namespace Evoke.Datasets.Checking;

/// <summary>One video about which the parts of a dataset disagree.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Kind">In what way.</param>
/// <param name="VideoId">The video.</param>
/// <param name="Message">What was expected and what was found, with names of files.</param>
public sealed record Disagreement(DisagreementKind Kind, string VideoId, string Message);
