namespace Evoke.Curves.Measures;

/// <summary>One number about a whole video, such as its mean arousal in the first 3 s or its cuts per minute. docs/decisions.md defines each.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Measure
{
    /// <summary>A name for files and columns that never changes its meaning: lower case, digits, <c>_</c> and <c>.</c>, such as <c>opening_3s.arousal</c>.
    /// After the dot may be the name of a curve.</summary>
    public required string Key { get; init; }

    /// <summary>A name for people: "arousal in the first 3 s".</summary>
    public required string Name { get; init; }

    /// <summary>The number; finite.</summary>
    public required double Value { get; init; }

    /// <summary>What the value is measured in: "s", "cuts/min", "dB", "SD", "share" (from 0 to 1), or the unit of <see cref="Scale"/>; empty if it has
    /// none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The range of the curve whose values this is one of; null for anything else, such as seconds.</summary>
    public CurveRange? Scale { get; init; }

    /// <summary>The curve that it is about; null for a measure of the film itself, such as its loudness.</summary>
    public string? Curve { get; init; }

    /// <summary>Where it was measured, in seconds of the video: the start; null for the whole video.</summary>
    public double? StartSeconds { get; init; }

    /// <summary>Where it was measured: the end (exclusive), above <see cref="StartSeconds"/>; null for the whole video.</summary>
    public double? EndSeconds { get; init; }

    /// <summary>The time at which a highest value is reached, in seconds; null where this makes no sense.</summary>
    public double? AtSeconds { get; init; }

    /// <summary>What of the same video it can be compared with; null if there is nothing.</summary>
    public MeasureReference? ComparedTo { get; init; }

    /// <summary>Its place among the videos of a norm; null if it has none.</summary>
    public MeasureStanding? Standing { get; init; }

    /// <summary>Why it has no place in the norm that the measures were placed in, as a clause without a full stop; null if it has one, or if there is no
    /// norm.</summary>
    public string? NoStanding { get; init; }
}
