namespace Evoke.Datasets.Ratings.Reading;

/// <summary>The files to read.</summary>
/// <param name="Files">The files, each once.</param>
/// <param name="Notes">What of the folders is not read, one sentence each.</param>
internal sealed record FoundFiles(IReadOnlyList<string> Files, IReadOnlyList<string> Notes);
