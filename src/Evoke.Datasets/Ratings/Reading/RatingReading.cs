using System.Collections.Immutable;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>All that was read from files of ratings.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Curves">The traces, in the order of the files.</param>
/// <param name="Files">How each file was understood.</param>
/// <param name="Notes">What else the user should know, one sentence each.</param>
public sealed record RatingReading(ImmutableArray<RatedTraces> Curves, ImmutableArray<UnderstoodFile> Files, ImmutableArray<string> Notes);
