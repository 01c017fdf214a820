using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Tables;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Finds out what the columns of a table are: as the user says, or by their names and contents.</summary>
internal sealed class TableRecognizer
{
    private const int RowsToLookAt = 2000;
    private const int LeastTimes = 3;

    private readonly SourceTable _table;
    private readonly RatingMapping _mapping;
    private readonly SourceRow[] _rows;
    private readonly (string? Video, string? Rater, string? Curve) _name;
    private readonly bool _isEvents;

    private TableRecognizer(SourceTable table, RatingMapping mapping)
    {
        (_table, _mapping) = (table, mapping);
        _rows = [.. table.Rows.Take(RowsToLookAt)];
        BidsName bids = BidsName.Of(table.File);
        _isEvents = bids.Suffix == "events";
        NamePattern? pattern = mapping.Name is { } text ? NamePattern.TryParse(text) : null;
        _name = pattern?.Read(table) ?? (bids.Video, bids.Rater, bids.Recording);
    }

    /// <summary>Recognises a table.</summary>
    /// <exception cref="RatingFilesException">A column that is needed is missing.</exception>
    public static TableForm Recognize(SourceTable table, RatingMapping mapping) => new TableRecognizer(table, mapping).Recognize();

    private TableForm Recognize()
    {
        if (_rows.Length == 0)
        {
            throw Mistake("rows below the header", "none");
        }

        IEnumerable<IGrouping<string, string>> names = _table.Header.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.OrdinalIgnoreCase);
        if (names.FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw Mistake("each column's name once", $"'{twice.Key}' {twice.Count()} times");
        }

        int? video = Column(_mapping.Video, ColumnNames.IsVideo);
        int? rater = Column(_mapping.Rater, ColumnNames.IsRater);
        int? curve = Column(_mapping.Curve, ColumnNames.IsCurve, mayBeText: true);
        int? time = Column(_mapping.Time, name => ColumnNames.IsTime(name, out _));
        int? value = Column(_mapping.Value, name => _mapping.Curves.IsEmpty && ColumnNames.IsValue(name));
        int? duration = _isEvents ? Column(null, name => name.Equals("duration", StringComparison.OrdinalIgnoreCase)) : null;
        HashSet<int> keys = [.. new[] { video, rater, curve, time, duration }.OfType<int>()];
        TableLayout layout = _mapping.Layout ?? LayoutOf(keys, time, rater);
        if (layout == TableLayout.Rows && value is null && _mapping.Curve is null && curve is { } remark)
        {
            keys.Remove(remark); // "label" beside columns of curves is a remark
            curve = null;
        }

        TableForm form = layout == TableLayout.Times ? Wide(keys) : WithTime(layout, time, keys, curve, value, video, rater);
        form = form with
        {
            VideoColumn = video,
            RaterColumn = rater,
            DurationColumn = duration,
            CurveColumn = curve,
            Kind = _mapping.Hold || duration is not null ? TraceKind.Steps : TraceKind.Linear,
        };
        return Named(form);
    }

    private TableLayout LayoutOf(HashSet<int> keys, int? time, int? rater)
    {
        ValueColumn[] times = TimesIn(keys);
        int others = Enumerable.Range(0, _table.Header.Length).Count(i => !keys.Contains(i) && !ColumnNames.IsNeither(_table.Header[i]));
        if (time is null && times.Length >= LeastTimes && 2 * times.Length > others)
        {
            return _mapping.SamplingRate is null
                ? TableLayout.Times
                : throw Mistake("rows without times, for which --sampling is (give --layout raters if these are raters)", $"{times.Length} columns of times");
        }

        int[] numbers = Numbers(keys);
        return rater is null && _mapping.Curves.IsEmpty && numbers.Length > 0 && numbers.All(i => ColumnNames.IsOneRater(_table.Header[i]))
            ? TableLayout.Raters
            : TableLayout.Rows;
    }

    private TableForm Wide(HashSet<int> keys)
    {
        ValueColumn[] columns = TimesIn(keys);
        if (columns.Length == 0)
        {
            throw Mistake("columns whose names are times, such as 0, 0.5, 1", Columns());
        }

        string[] texts = [.. columns.Select(column => column.Name)];
        TimeUnit? said = _mapping.TimeUnit ?? UnitOfHeaders(columns);
        (TimeUnit unit, string reason) = TimeRecognizer.Find(_table, _table.Header[columns[0].Index], said, _mapping.TimeUnit is not null, [[.. texts]]);
        return new TableForm
        {
            Layout = TableLayout.Times,
            Unit = unit,
            UnitReason = reason,
            Values =
            [
                .. columns.Select(column => CellText.TryTime(column.Name, unit, out double seconds)
                    ? column with { Name = "", Seconds = seconds }
                    : throw Mistake($"times in {CellText.NameOf(unit)} as names of columns", $"'{_table.Header[column.Index]}'")),
            ],
            Ignored = Unread([.. keys, .. columns.Select(column => column.Index)]),
        };
    }

    private TableForm WithTime(TableLayout layout, int? time, HashSet<int> keys, int? curve, int? value, int? video, int? rater)
    {
        if (time is null && _mapping.SamplingRate is null)
        {
            throw Mistake(
                $"a column of times, such as 'time' (give --column time=NAME, or --sampling HZ for a file without times){MeantFor(ColumnNames.TimeRole)}",
                Columns());
        }

        if (time is { } times && _mapping.SamplingRate is not null)
        {
            throw Mistake("rows without times, for which --sampling is", $"times in column '{_table.Header[times]}'");
        }

        if (_mapping.Curve is not null && value is null)
        {
            throw Mistake("a column of values beside the one that names curves (give --column value=NAME)", Columns());
        }

        ValueColumn[] values = layout == TableLayout.Rows && value is { } only && (curve is not null || _mapping.Value is not null || Numbers(keys).Length == 1)
            ? [new ValueColumn(only, "")]
            : ValuesIn(layout, keys);
        (TimeUnit unit, string reason) = time is { } column
            ? UnitOf(column, video, rater, curve)
            : (TimeUnit.Seconds, "");
        return new TableForm
        {
            Layout = layout,
            TimeColumn = time,
            Values = [.. values],
            Unit = unit,
            UnitReason = reason,
            SamplingRate = time is null ? _mapping.SamplingRate : null,
            Ignored = Unread([.. keys, .. values.Select(found => found.Index)]),
        };
    }

    private ValueColumn[] ValuesIn(TableLayout layout, HashSet<int> keys)
    {
        ValueColumn[] values = !_mapping.Curves.IsEmpty && layout == TableLayout.Rows
            ? [.. _mapping.Curves.Select(curve => new ValueColumn(Find(curve.Column), curve.Curve))]
            : [.. Numbers(keys).Select(i => new ValueColumn(i, _table.Header[i]))];
        return values.Length > 0 ? values : throw Mistake("at least one column of numbers that are ratings (give --curve NAME)", Columns());
    }

    // Columns of numbers that may be ratings.
    private int[] Numbers(HashSet<int> keys) =>
        [.. Enumerable.Range(0, _table.Header.Length).Where(i => !keys.Contains(i) && IsNumeric(i) && !ColumnNames.IsNeither(_table.Header[i]))];

    // What neither a column nor the name of the file says.
    private TableForm Named(TableForm form)
    {
        bool needsVideo = form.VideoColumn is null && _name.Video is null;
        bool needsRater = form.Layout != TableLayout.Raters && form.RaterColumn is null && _name.Rater is null;
        string stem = NamePattern.StemOf(_table.File);
        if (needsVideo && needsRater && _mapping.Name is null)
        {
            throw Mistake(
                "a column that names the video and one that names the rater (give --column video=NAME and --column rater=NAME, or how the file's name "
                + $"says them: --name '{{rater}}_{{video}}', '{{video}}/{{rater}}'{(_table.NamingSheet is null ? "" : " with the sheet as its last part")}, "
                + $"or '{{video}}' if there is one rater){MeantFor(ColumnNames.Video)}"
                + MeantFor(ColumnNames.Rater),
                Columns());
        }

        if (needsVideo && _mapping.Name is not null)
        {
            throw Mistake("a column that names the video, or {video} in --name", Columns());
        }

        List<string> warnings = [];
        if (_mapping.Name is null)
        {
            Warn(form.VideoColumn is null, ColumnNames.Video);
            Warn(form.Layout != TableLayout.Raters && form.RaterColumn is null, ColumnNames.Rater);
        }

        bool namesCurve = form.CurveColumn is null && (form.Layout != TableLayout.Rows || form.Values[0].Name.Length == 0);
        return form with
        {
            Video = form.VideoColumn is not null ? null : _name.Video ?? _table.NamingSheet ?? stem,
            Rater = form.RaterColumn is not null || form.Layout == TableLayout.Raters ? null
                : _name.Rater ?? (_mapping.Name is null ? _table.NamingSheet ?? stem : TableForm.OnlyRater),
            Curve = namesCurve ? _name.Curve ?? (_mapping.Curves.Length == 1 ? _mapping.Curves[0].Curve : TableForm.OnlyCurve) : null,
            Warnings = [.. warnings],
        };

        void Warn(bool isMissing, string role)
        {
            if (isMissing && Misspelt(role) is { } column)
            {
                bool isCurve = form.Values.Any(value => _table.Header[value.Index] == column);
                warnings.Add(
                    $"column '{column}' is {(isCurve ? "read as a curve" : "not read")}, and the name of the file is taken for the {role}. "
                    + $"If the column is the {role}, rename it, or give --column {role}={column}.");
            }
        }
    }

    // A column whose name is that of a role with one slip of the pen, and that the user has not named.
    private string? Misspelt(string role) => _table.Header.FirstOrDefault(
        name => ColumnNames.MisspeltRole(name) == role && !_mapping.Curves.Any(curve => IsSame(curve.Column, name)));

    private string MeantFor(string role) => Misspelt(role) is { } column ? $"; did you mean '{column}'? Then give --column {role}={column}" : "";

    private (TimeUnit Unit, string Reason) UnitOf(int column, int? video, int? rater, int? curve)
    {
        ColumnNames.IsTime(_table.Header[column], out TimeUnit? named);
        int[] keys = [.. new[] { video, rater, curve }.OfType<int>()];
        List<string>[] traces =
        [
            .. _rows.Where(row => row.Cells.Length > Math.Max(column, keys.DefaultIfEmpty(0).Max()))
                .GroupBy(row => string.Join('\n', keys.Select(key => row.Cells[key])), row => row.Cells[column]).Select(trace => trace.ToList()),
        ];
        return TimeRecognizer.Find(_table, _table.Header[column], _mapping.TimeUnit ?? named, _mapping.TimeUnit is not null, traces);
    }

    private static TimeUnit? UnitOfHeaders(ValueColumn[] columns) =>
        columns.Any(column => column.Name.Contains(':', StringComparison.Ordinal)) ? TimeUnit.Clock : null;

    private ValueColumn[] TimesIn(HashSet<int> keys)
    {
        List<ValueColumn> found = [];
        for (int i = 0; i < _table.Header.Length; i++)
        {
            if (!keys.Contains(i) && ColumnNames.TryTimeHeader(_table.Header[i], out string text, out TimeUnit? unit))
            {
                // "500ms" says its unit itself.
                bool isPlain = unit is null or TimeUnit.Clock;
                found.Add(new ValueColumn(i, isPlain ? text : Seconds(text, unit!.Value)));
            }
        }

        return [.. found];
    }

    private static string Seconds(string text, TimeUnit unit) =>
        CellText.TryTime(text, unit, out double seconds) ? seconds.ToString("R", CultureInfo.InvariantCulture) : text;

    private int? Column(string? named, Func<string, bool> isOne, bool mayBeText = false)
    {
        if (named is not null)
        {
            return Find(named);
        }

        for (int i = 0; i < _table.Header.Length; i++)
        {
            if (isOne(_table.Header[i]) && !(mayBeText && IsNumeric(i)) && !_mapping.Curves.Any(curve => IsSame(curve.Column, _table.Header[i])))
            {
                return i;
            }
        }

        return null;
    }

    private int Find(string name)
    {
        int found = Array.FindIndex(_table.Header.ToArray(), column => IsSame(column, name));
        return found >= 0 ? found : throw Mistake($"a column '{name}'", Columns());
    }

    private static bool IsSame(string one, string other) => one.Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);

    // Mostly numbers: a cell that is not one is then a mistake, not a remark.
    private bool IsNumeric(int column)
    {
        string[] cells = [.. _rows.Where(row => row.Cells.Length > column).Select(row => row.Cells[column]).Where(cell => !CellText.IsMissing(cell))];
        return 2 * cells.Count(cell => CellText.TryNumber(cell, out _)) > cells.Length;
    }

    private ImmutableArray<string> Unread(HashSet<int> read) =>
        [.. Enumerable.Range(0, _table.Header.Length).Where(i => !read.Contains(i) && _table.Header[i].Length > 0).Select(i => _table.Header[i])];

    private string Columns() => $"columns {string.Join(", ", _table.Header.Take(12).Select(name => $"'{name}'"))}{(_table.Header.Length > 12 ? ", …" : "")}";

    private RatingFilesException Mistake(string expected, string found) => new(_table.At(0), expected, found);
}
