using System.Collections.Immutable;
using Evoke.Curves.Measures;
using Evoke.Insights.Norms;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>The measures of videos, and their percentiles, as columns of the table of scores. The keys are those of <c>evoke rank</c>.</summary>
internal sealed class MeasureColumns
{
    private const string Summary = "Summary", Percentile = "Percentile";

    private readonly IReadOnlyDictionary<string, MeasureList> _measures;
    private readonly (string Key, bool IsPercentile)[] _cells;

    private MeasureColumns(IReadOnlyDictionary<string, MeasureList> measures, (string Key, bool IsPercentile)[] cells, ImmutableArray<ScoreColumn> columns) =>
        (_measures, _cells, Columns) = (measures, cells, columns);

    /// <summary>The columns. Measures that none of the videos has are left out.</summary>
    public ImmutableArray<ScoreColumn> Columns { get; }

    /// <summary>The columns of some videos.</summary>
    /// <param name="videos">The videos.</param>
    /// <param name="members">The measures of the library's videos, by their ids.</param>
    /// <param name="norm">What they are compared with; null for no percentiles.</param>
    public static MeasureColumns Of(IReadOnlyList<VideoRecord> videos, IReadOnlyDictionary<string, NormMember> members, NormChoice? norm)
    {
        Dictionary<string, MeasureList> measures = videos.Where(video => members.ContainsKey(video.Id)).DistinctBy(video => video.Id).ToDictionary(
            video => video.Id, video => Placed(members[video.Id], norm), StringComparer.Ordinal);
        Measure[] all = [.. measures.Values.SelectMany(list => list.Measures).DistinctBy(measure => measure.Key, StringComparer.Ordinal)];
        Measure[] shown = [.. all.Where(measure => !IsOfCurve(measure.Key))];
        Measure[] placed = norm is null ? [] : all;
        return new MeasureColumns(
            measures,
            [.. shown.Select(measure => (measure.Key, false)), .. placed.Select(measure => (measure.Key, true))],
            [.. shown.Select(measure => new ScoreColumn(measure.Key, Summary, NameOf(measure), $"{NameOf(measure)}, as in the summary of the video.")),
                .. placed.Select(measure => new ScoreColumn(
                    $"{measure.Key}.percentile", Percentile, NameOf(measure with { Unit = "" }),
                    $"{measure.Name}: the percentage of others that it is higher than, among {norm!.Name}."))]);
    }

    /// <summary>True for a column of this kind.</summary>
    public static bool Has(ScoreColumn column) => column.Group is Summary or Percentile;

    /// <summary>The values of a video, one for each column; null where there is none.</summary>
    public IEnumerable<float?> ValuesOf(string id) => _cells.Select(cell =>
        _measures.GetValueOrDefault(id)?.Find(cell.Key) is { } measure ? (float?)(cell.IsPercentile ? measure.Standing?.Percentile : measure.Value) : null);

    private static MeasureList Placed(NormMember member, NormChoice? norm) => norm is null ? member.Measures : norm.For(member.Model).Place(member);

    // The table has means and peaks in columns of their own.
    private static bool IsOfCurve(string key) => key.StartsWith("mean.", StringComparison.Ordinal) || key.StartsWith("peak.", StringComparison.Ordinal);

    private static string NameOf(Measure measure) => measure.Unit.Length == 0 || measure.Name.Contains(measure.Unit, StringComparison.Ordinal)
        ? measure.Name
        : $"{measure.Name} ({measure.Unit})";
}
