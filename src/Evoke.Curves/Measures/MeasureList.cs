using System.Collections.Immutable;

namespace Evoke.Curves.Measures;

/// <summary>The measures of one video.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record MeasureList
{
    /// <summary>The measures that the video has, in the order in which they are shown; no key is there twice.</summary>
    public required ImmutableArray<Measure> Measures { get; init; }

    /// <summary>The measures that it does not have, in the same order.</summary>
    public ImmutableArray<MissingMeasure> Missing { get; init; } = [];

    /// <summary>The name of the norm that the measures were placed in; null if there is none.</summary>
    public string? Norm { get; init; }

    /// <summary>The measure of a key; null if the video does not have it.</summary>
    public Measure? Find(string key) => Measures.FirstOrDefault(measure => string.Equals(measure.Key, key, StringComparison.Ordinal));
}
