using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves.Csv;
using Evoke.Files.Text;
using Evoke.Insights.Norms;
using Evoke.Studio.Errors;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>Makes tables of scores, and writes them as CSV.</summary>
internal sealed class VideoScoreTables(StudioOptions options, ModelShelf models, ResultTable results, MeasureShelf measures, NormChoices norms)
{
    private static readonly ImmutableArray<string> s_fixed = ["video", "id", "tags", "seconds"];

    /// <summary>The scores of videos by one model.</summary>
    /// <param name="videos">The videos, in the order of the rows; those without a result are left out.</param>
    /// <param name="model">The model; null for the default.</param>
    /// <param name="norm">What the numbers are compared with, as for <see cref="NormChoices.Find"/>; null for nothing.</param>
    /// <exception cref="StudioRequestException">No video has a result from a model of this name, and there is no such model (404).</exception>
    public VideoScoreTable Of(IReadOnlyList<VideoRecord> videos, string? model, string? norm = null)
    {
        string named = model ?? options.DefaultModel;
        IReadOnlyDictionary<string, ResultSummary> summaries = results.Newest(named);
        if (summaries.Count == 0)
        {
            models.ThrowIfUnknown(named);
        }

        VideoRecord[] shown = [.. videos.Where(video => summaries.ContainsKey(video.Id))];
        string[] emotions = [.. shown.SelectMany(video => summaries[video.Id].Scheme).Distinct()];
        IReadOnlyDictionary<string, NormMember> members = measures.Members(named);
        MeasureColumns measured = MeasureColumns.Of(shown, members, norms.Find(norm, named, members));
        return new VideoScoreTable(
            named,
            [.. emotions.Select(name => new ScoreColumn($"mean.{name}", "Mean", name, $"The mean of {name} over the video.")),
                .. emotions.Select(name => new ScoreColumn($"peak.{name}", "Peak", name, $"The highest value of {name} in the video.")),
                .. measured.Columns],
            [.. shown.Select(video => Row(video, summaries[video.Id], emotions, measured.ValuesOf(video.Id)))]);
    }

    /// <summary>Writes a table as CSV: name, id, tags and seconds of each video, then its scores.</summary>
    public static byte[] Csv(VideoScoreTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using MemoryStream stream = new();
        CsvTable.Write(
            stream,
            [.. s_fixed, .. table.Columns.Select(column => SpreadsheetText.Escape(MeasureColumns.Has(column) ? column.Key : NameOf(column)))],
            table.Rows.Select(row => (string[])
            [
                row.Name, row.Id, string.Join(", ", row.Tags), row.DurationSeconds?.ToString("0.###", CultureInfo.InvariantCulture) ?? string.Empty,
                .. row.Values.Select(value => value?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty),
            ]),
            firstNumber: s_fixed.IndexOf("seconds"));
        return stream.ToArray();
    }

    private static string NameOf(ScoreColumn column) => $"{column.Name} {column.Group.ToLowerInvariant()}";

    private static ScoreRow Row(VideoRecord video, ResultSummary summary, string[] emotions, IEnumerable<float?> measured) => new(
        video.Id, video.Name, video.Tags, video.DurationSeconds,
        [.. emotions.Select(name => At(summary.Means, summary.Scheme.IndexOf(name))),
            .. emotions.Select(name => At(summary.Peaks, summary.Scheme.IndexOf(name))),
            .. measured]);

    private static float? At(ImmutableArray<float> values, int column) => column < 0 ? null : values[column];
}
