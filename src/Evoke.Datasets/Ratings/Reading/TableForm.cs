using System.Collections.Immutable;
using Evoke.Curves.Ratings;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>What each column of a table is. A column that the table does not have is null.</summary>
internal sealed record TableForm
{
    /// <summary>The rater of files that name none.</summary>
    public const string OnlyRater = "rater";

    /// <summary>The curve of files that name none.</summary>
    public const string OnlyCurve = "rating";

    public required TableLayout Layout { get; init; }

    public int? VideoColumn { get; init; }

    public int? RaterColumn { get; init; }

    public int? TimeColumn { get; init; }

    /// <summary>How long each value holds, in seconds (BIDS events).</summary>
    public int? DurationColumn { get; init; }

    public int? CurveColumn { get; init; }

    /// <summary>The columns of values, each with the curve or rater that it belongs to; its name is empty if a column says it.</summary>
    public required ImmutableArray<ValueColumn> Values { get; init; }

    /// <summary>What the name of the file says; null for what a column says.</summary>
    public string? Video { get; init; }

    public string? Rater { get; init; }

    public string? Curve { get; init; }

    public required TimeUnit Unit { get; init; }

    /// <summary>How the unit of the times was found.</summary>
    public required string UnitReason { get; init; }

    /// <summary>Samples per second of a table without times (Hz); null for one with times.</summary>
    public double? SamplingRate { get; init; }

    /// <summary>The time of the first sample of a table without times, in seconds.</summary>
    public double StartSeconds { get; init; }

    public TraceKind Kind { get; init; }

    /// <summary>What may have been understood wrongly, one sentence each.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Columns that are not read.</summary>
    public ImmutableArray<string> Ignored { get; init; } = [];
}
