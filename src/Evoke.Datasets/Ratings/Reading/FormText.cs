using System.Globalization;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Tables;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Says in words how a table was understood.</summary>
internal static class FormText
{
    private const int NamesToShow = 8;

    /// <summary>One sentence without a full stop.</summary>
    public static string Of(SourceTable table, TableForm form)
    {
        List<string> parts =
        [
            form.Layout switch
            {
                TableLayout.Times => $"a column for each of {form.Values.Length} times ({Times(form)})",
                TableLayout.Raters => "a row for each time, a column for each rater",
                _ => "a row for each time",
            },
            $"video {From(form.VideoColumn, form.Video)}",
            form.Layout == TableLayout.Raters ? $"raters {Names(form.Values.Select(value => value.Name))}" : $"rater {From(form.RaterColumn, form.Rater)}",
        ];
        if (form.Layout != TableLayout.Times)
        {
            parts.Add(form.SamplingRate is { } rate
                ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.###} {(rate == 1 ? "row" : "rows")} per second from {form.StartSeconds:0.###} s")
                : $"time {From(form.TimeColumn, null)} in {Unit(form)}");
        }

        parts.Add(form.CurveColumn is { } curve ? $"curves named in column '{table.Header[curve]}'{Value(table, form)}"
            : form.Layout == TableLayout.Rows && form.Values[0].Name.Length > 0 ? $"curves {Names(form.Values.Select(value => value.Name))}"
            : $"curve '{form.Curve}'");
        if (form.Kind == TraceKind.Steps)
        {
            parts.Add(form.DurationColumn is { } duration
                ? $"values hold for the time in column '{table.Header[duration]}'"
                : "values hold until the next one");
        }

        return string.Join("; ", parts) + (form.Ignored.IsEmpty ? "" : $"; not read: {Names(form.Ignored)}");

        string From(int? column, string? name) => column is { } index ? $"from column '{table.Header[index]}'"
            : name == TableForm.OnlyRater ? $"'{name}', the only one"
            : name == table.NamingSheet ? "from the sheet's name"
            : "from the file's name";
    }

    private static string Value(SourceTable table, TableForm form) =>
        form.Layout == TableLayout.Rows ? $", values in column '{table.Header[form.Values[0].Index]}'" : "";

    private static string Times(TableForm form) => form.Values.Length == 0
        ? Unit(form)
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{form.Values.Min(value => value.Seconds):0.###} to {form.Values.Max(value => value.Seconds):0.###} s, {Unit(form)}");

    private static string Unit(TableForm form) =>
        $"{(form.Unit == TimeUnit.Clock ? "hh:mm:ss" : CellText.NameOf(form.Unit))}{(form.UnitReason.Length > 0 ? $" ({form.UnitReason})" : "")}";

    private static string Names(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return string.Join(", ", all.Take(NamesToShow).Select(name => $"'{name}'")) + (all.Length > NamesToShow ? $" and {all.Length - NamesToShow} more" : "");
    }
}
