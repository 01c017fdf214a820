using System.Collections.Immutable;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>How a file, or a sheet of a workbook, was understood.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="File">The file, as it was named.</param>
/// <param name="Sheet">The sheet; null elsewhere.</param>
/// <param name="Form">One sentence without a full stop: what its columns are, how times are written, and how that was recognised.</param>
/// <param name="FirstRows">Its first values.</param>
public sealed record UnderstoodFile(string File, string? Sheet, string Form, ImmutableArray<RatingSample> FirstRows)
{
    /// <summary>The names of its curves.</summary>
    public ImmutableArray<string> Curves { get; init; } = [];

    /// <summary>What may have been understood wrongly, one sentence each.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}
