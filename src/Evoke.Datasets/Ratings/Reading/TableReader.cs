using System.Globalization;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Tables;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Reads the rows of a table whose form is known.</summary>
internal sealed class TableReader(SourceTable table, TableForm form, RatingCheck check)
{
    private readonly Dictionary<(string Video, string Rater, string Curve), int> _counts = [];

    /// <summary>Reads all rows.</summary>
    public void Read()
    {
        int columns = table.Header.IsEmpty ? form.Values.Max(value => value.Index) + 1 : table.Header.Length;
        foreach (SourceRow row in table.Rows)
        {
            if (row.Cells.All(cell => cell.Length == 0))
            {
                continue;
            }

            if (row.Cells.Length < columns || row.Cells.Skip(columns).Any(cell => cell.Length > 0))
            {
                check.Mistakes.Add(table.At(row.Number), $"{columns} columns", row.Cells.Length.ToString(CultureInfo.InvariantCulture));
                continue;
            }

            ReadRow(row);
        }
    }

    private void ReadRow(SourceRow row)
    {
        RatingPlace place = table.At(row.Number);
        string? video = Name(form.VideoColumn, form.Video, "a video");
        string? rater = form.Layout == TableLayout.Raters ? "" : Name(form.RaterColumn, form.Rater, "a rater");
        string? curve = form.CurveColumn is null && form.Curve is null ? "" : Name(form.CurveColumn, form.Curve, "a curve");
        if (video is null || rater is null || curve is null || !TryTime(row, place, (video, rater, curve), out double seconds, out double? end))
        {
            return;
        }

        foreach (ValueColumn column in form.Layout == TableLayout.Times ? RatedTimes(row) : form.Values)
        {
            string text = row.Cells[column.Index];
            RatingSample sample = new(
                video,
                form.Layout == TableLayout.Raters ? column.Name : rater,
                form.Layout == TableLayout.Rows && column.Name.Length > 0 ? column.Name : curve,
                form.Layout == TableLayout.Times ? column.Seconds : seconds,
                double.NaN);
            if (CellText.IsMissing(text))
            {
                check.Add(sample, form.Kind, place, end);
            }
            else if (CellText.TryNumber(text, out double value))
            {
                check.Add(sample with { Value = value }, form.Kind, place, end);
            }
            else
            {
                check.Mistakes.Add(place, $"a number in column '{NameOf(column.Index)}'", $"'{text}'");
            }
        }

        string? Name(int? column, string? fixedName, string what)
        {
            if (column is not { } index)
            {
                return fixedName;
            }

            string name = row.Cells[index];
            if (name.Length > 0 && !name.Contains('\0', StringComparison.Ordinal))
            {
                return name;
            }

            check.Mistakes.Add(place, $"{what} in column '{NameOf(index)}'", name.Length == 0 ? "an empty cell" : "a NUL character");
            return null;
        }
    }

    // Every row of a wide table is as long as the longest video: blank cells at its end are beyond its own. What holds, holds until the first of them.
    private IEnumerable<ValueColumn> RatedTimes(SourceRow row)
    {
        double last = form.Values.Where(column => !CellText.IsMissing(row.Cells[column.Index])).Select(column => column.Seconds).DefaultIfEmpty(-1).Max();
        double end = form.Kind == TraceKind.Steps
            ? form.Values.Select(column => column.Seconds).Where(seconds => seconds > last).DefaultIfEmpty(last).Min()
            : last;
        return form.Values.Where(column => column.Seconds <= end);
    }

    private bool TryTime(SourceRow row, RatingPlace place, (string, string, string) trace, out double seconds, out double? end)
    {
        (seconds, end) = (0, null);
        if (form.SamplingRate is { } rate)
        {
            int count = _counts.GetValueOrDefault(trace);
            _counts[trace] = count + 1;
            seconds = form.StartSeconds + (count / rate);
            return true;
        }

        if (form.TimeColumn is not { } column)
        {
            return true;
        }

        if (!CellText.TryTime(row.Cells[column], form.Unit, out seconds))
        {
            string how = form.Unit == TimeUnit.Clock ? "hh:mm:ss.fff" : CellText.NameOf(form.Unit);
            check.Mistakes.Add(place, $"a time ({how}) in column '{NameOf(column)}'", $"'{row.Cells[column]}'");
            return false;
        }

        if (form.DurationColumn is { } duration && !CellText.IsMissing(row.Cells[duration]))
        {
            if (!CellText.TryNumber(row.Cells[duration], out double length) || length < 0)
            {
                check.Mistakes.Add(place, $"a number of seconds, 0 or more, in column '{NameOf(duration)}'", $"'{row.Cells[duration]}'");
                return false;
            }

            end = length > 0 ? seconds + length : null;
        }

        return true;
    }

    private string NameOf(int column) => table.Header.IsEmpty ? form.Values.First(value => value.Index == column).Name : table.Header[column];
}
