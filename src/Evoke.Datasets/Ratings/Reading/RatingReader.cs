using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Reads ratings from files of any of the forms that docs/ratings.md lists. Goes on after a mistake, so that all are found at once.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class RatingReader
{
    /// <summary>Reads files and folders.</summary>
    /// <param name="filesAndFolders">At least one.</param>
    /// <param name="mapping">What the user says of how they are written.</param>
    /// <param name="ranges">The scales that raters were given: values outside are mistakes.</param>
    /// <param name="cancellationToken">Cancels reading between two files.</param>
    /// <exception cref="RatingFilesException">Files have mistakes; the message lists them.</exception>
    /// <exception cref="FileReadException">A file cannot be read.</exception>
    public static RatingReading Read(
        IEnumerable<string> filesAndFolders, RatingMapping mapping, ImmutableArray<RatingRange> ranges, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filesAndFolders);
        ArgumentNullException.ThrowIfNull(mapping);
        MistakeList mistakes = new();
        TraceCollector collector = new(mistakes, mapping.FromFirst);
        List<UnderstoodFile> files = [];
        FoundFiles found = RatingFiles.Find(filesAndFolders);
        foreach (string path in found.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                files.AddRange(ReadFile(path, mapping, () => new RatingCheck(collector, mistakes, ranges)));
            }
            catch (RatingFilesException error)
            {
                mistakes.Add(error);
            }
        }

        mistakes.ThrowIfAny();
        ImmutableArray<RatedTraces> curves = collector.Build();
        mistakes.ThrowIfAny();
        return curves.IsEmpty
            ? throw new RatingFilesException(new RatingPlace(string.Join(", ", filesAndFolders)), "at least one value", "missing values only")
            : new RatingReading(
                curves, [.. files], [.. found.Notes, .. ColumnWarnings.Of(files), .. collector.ScaleWarnings(ranges)]);
    }

    private static IEnumerable<UnderstoodFile> ReadFile(string path, RatingMapping mapping, Func<RatingCheck> newCheck)
    {
        if (RatingFiles.IsElan(path))
        {
            RatingCheck check = newCheck();
            string form = ElanReader.Read(path, mapping, check);
            return [new UnderstoodFile(path, null, form, check.First) { Curves = check.Curves }];
        }

        return
        [
            .. RatingFiles.IsWorkbook(path)
                ? WorkbookTables.Open(path).Select(table => ReadTable(table, TableRecognizer.Recognize(table, mapping), newCheck()))
                : [ReadText(path, mapping, newCheck())],
        ];
    }

    // BIDS recordings have no header: a JSON beside them names their columns.
    private static UnderstoodFile ReadText(string path, RatingMapping mapping, RatingCheck check)
    {
        bool isRecording = BidsName.Of(path).Suffix == "stim";
        if (isRecording && BidsSidecar.Of(path) is { Columns.IsEmpty: false } sidecar)
        {
            SourceTable recording = DelimitedTables.Open(path, hasHeader: false);
            return ReadTable(recording, FormOf(recording, sidecar, mapping), check);
        }

        SourceTable table = DelimitedTables.Open(path);
        if (isRecording && table.Header.All(cell => CellText.IsMissing(cell) || CellText.TryNumber(cell, out _)))
        {
            throw new RatingFilesException(
                table.At(0), $"{NamePattern.StemOf(path)}.json beside it, or stim.json there or above, with SamplingFrequency, StartTime and Columns",
                "none, and no header");
        }

        return ReadTable(table, TableRecognizer.Recognize(table, mapping), check);
    }

    private static TableForm FormOf(SourceTable recording, BidsSidecar sidecar, RatingMapping mapping)
    {
        BidsName name = BidsName.Of(recording.File);
        (string? video, string? rater, _) = mapping.Name is { } text ? NamePattern.TryParse(text)!.Read(recording) : (name.Video, name.Rater, null);
        if (sidecar.SamplingFrequency is > 0 and var known && mapping.SamplingRate is not null)
        {
            throw new RatingFilesException(
                recording.At(0), "no SamplingFrequency in the JSON beside it, for which --sampling is",
                string.Create(CultureInfo.InvariantCulture, $"{known}"));
        }

        double? rate = sidecar.SamplingFrequency ?? mapping.SamplingRate;
        if (rate is not > 0)
        {
            throw new RatingFilesException(
                recording.At(0), "SamplingFrequency above 0 in the JSON beside it",
                rate is { } found ? string.Create(CultureInfo.InvariantCulture, $"{found}") : "none");
        }

        if (video is null)
        {
            throw new RatingFilesException(
                recording.At(0), "a name with 'task-' or 'stim-' (give --name, for example '{video}_stim', if it has another form)", "neither");
        }

        return new TableForm
        {
            Layout = TableLayout.Rows,
            Values = [.. sidecar.Columns.Select((column, i) => new ValueColumn(i, column)).Where(column => IsWanted(column.Name, mapping))],
            Video = video,
            Rater = rater ?? TableForm.OnlyRater,
            Unit = TimeUnit.Seconds,
            UnitReason = "",
            SamplingRate = rate,
            StartSeconds = sidecar.StartTime,
            Kind = mapping.Hold ? TraceKind.Steps : TraceKind.Linear,
        };
    }

    private static bool IsWanted(string column, RatingMapping mapping) =>
        mapping.Curves.IsEmpty || mapping.Curves.Any(curve => curve.Column.Equals(column, StringComparison.OrdinalIgnoreCase));

    private static UnderstoodFile ReadTable(SourceTable table, TableForm form, RatingCheck check)
    {
        IEnumerable<string?> names = [form.Video, form.Rater, form.Curve, .. table.Header, .. form.Values.Select(value => value.Name)];
        if (names.FirstOrDefault(name => name?.Contains('\0', StringComparison.Ordinal) == true) is { } nul)
        {
            throw new RatingFilesException(table.At(0), "names without NUL characters", $"'{nul}'");
        }

        new TableReader(table, form, check).Read();
        return new UnderstoodFile(table.File, table.Sheet, FormText.Of(table, form), check.First)
        {
            Curves = check.Curves,
            Warnings = [.. table.Warnings, .. form.Warnings],
        };
    }
}
