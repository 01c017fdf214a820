using System.Collections.Immutable;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>What a user says of how ratings are written. Whatever is not said is recognised.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RatingMapping
{
    /// <summary>The column that names the video.</summary>
    public string? Video { get; init; }

    /// <summary>The column that names the rater.</summary>
    public string? Rater { get; init; }

    /// <summary>The column of times.</summary>
    public string? Time { get; init; }

    /// <summary>The column that names the curve, in tables with one value per row.</summary>
    public string? Curve { get; init; }

    /// <summary>The column of values, in tables with one value per row.</summary>
    public string? Value { get; init; }

    /// <summary>The columns that are curves, and the names of these curves; empty for all columns of numbers that are nothing else. For a layout
    /// without names of curves: the name of its only curve.</summary>
    public ImmutableArray<CurveColumn> Curves { get; init; } = [];

    /// <summary>The scales that raters were given; empty to recognise them.</summary>
    public ImmutableArray<RatingRange> Ranges { get; init; } = [];

    /// <summary>What the columns are; null to recognise it.</summary>
    public TableLayout? Layout { get; init; }

    /// <summary>How times are written; null to recognise it.</summary>
    public TimeUnit? TimeUnit { get; init; }

    /// <summary>Samples per second of files without times (Hz); null if files have times, or a JSON beside them.</summary>
    public double? SamplingRate { get; init; }

    /// <summary>How names of files say the video, the rater or the curve: "{rater}_{video}", "{video}/{rater}"; null if columns say it.</summary>
    public string? Name { get; init; }

    /// <summary>True if a value holds until the next one, as where values are logged when they change.</summary>
    public bool Hold { get; init; }

    /// <summary>True to count each trace's times from its first sample.</summary>
    public bool FromFirst { get; init; }
}
