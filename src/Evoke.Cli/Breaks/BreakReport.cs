using System.Collections.Immutable;
using Evoke.Insights.Breaks;

namespace Evoke.Cli.Breaks;

/// <summary>The places of several videos, as <c>--json</c> prints them.</summary>
internal sealed record BreakReport(IReadOnlyList<VideoBreaks> Videos, IReadOnlyList<FailedBreaks> Failures);

/// <summary>The places of one video.</summary>
internal sealed record VideoBreaks(string Video, string Id, string Model, double DurationSeconds, ImmutableArray<BreakPlace> Places, string? Note);

/// <summary>A video without an answer.</summary>
internal sealed record FailedBreaks(string Video, string Error);
