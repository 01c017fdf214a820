using CsvHelper;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Files;
using Evoke.Files.Text;

namespace Evoke.Datasets.Ratings;

/// <summary>Writes imported ratings as a data set.</summary>
/// <remarks>
/// <c>labels.csv</c>, and the same rows divided into <c>train.csv</c> and <c>val.csv</c>; <c>spread.csv</c>, the raters' standard deviation at each of these
/// rows; <c>raters.csv</c>, what each rater said at these times; the range of each curve beside each of the
/// tables; <c>import.json</c>, how it was made; <c>ratings.html</c>, a page to look at. Thread-safe, but let only one thread at a time write to a folder.
/// </remarks>
public static class RatingFolder
{
    /// <summary>The file of all labels.</summary>
    public const string Labels = "labels.csv";

    /// <summary>The file of the labels to train on.</summary>
    public const string Train = "train.csv";

    /// <summary>The file of the labels to validate on.</summary>
    public const string Validation = "val.csv";

    /// <summary>The file of the raters' standard deviations.</summary>
    public const string Spread = LabelSpread.FileName;

    /// <summary>The file of what each rater said.</summary>
    public const string Raters = RatingFiles.ImportedRaters;

    /// <summary>The file that says how the data set was made.</summary>
    public const string Document = RatingFiles.ImportDocument;

    /// <summary>The page.</summary>
    public const string Page = "ratings.html";

    /// <summary>Writes all files. Labels come last, so that a folder with labels is complete.</summary>
    /// <param name="ratings">What to write.</param>
    /// <param name="document">How it was made.</param>
    /// <param name="folder">The folder; it is created.</param>
    /// <exception cref="FileWriteException">The folder cannot be written to.</exception>
    public static void Write(ImportedRatings ratings, RatingDocument document, string folder)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        WritableFolder.Create(folder);
        RemoveTables(folder);
        document.Write(Path.Combine(folder, Document));
        RatingPage.Write(ratings, Path.Combine(folder, Page));
        WriteRaters(ratings, Path.Combine(folder, Raters));
        EmotionScheme scheme = RatingLabels.SchemeOf(ratings);
        EevCsv.Write(RatingLabels.SpreadSchemeOf(ratings), RatingLabels.Spread(ratings), Path.Combine(folder, Spread));
        LabelledVideo[] labels = [.. RatingLabels.Labels(ratings)];
        if (!ratings.Validation.IsEmpty)
        {
            EevCsv.Write(scheme, labels.Where(video => !ratings.Validation.Contains(video.VideoId)), Path.Combine(folder, Train));
            EevCsv.Write(scheme, labels.Where(video => ratings.Validation.Contains(video.VideoId)), Path.Combine(folder, Validation));
        }

        EevCsv.Write(scheme, labels, Path.Combine(folder, Labels));
    }

    // Of an earlier import: a table that this one does not write must not stay beside those that it does.
    private static void RemoveTables(string folder)
    {
        foreach (string path in new[] { Labels, Train, Validation, Spread }.Select(table => Path.Combine(folder, table)).SelectMany(
            table => new[] { table, SchemeFile.PathFor(table) }))
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new FileWriteException(path, error);
            }
        }
    }

    private static void WriteRaters(ImportedRatings ratings, string path) => AtomicFile.Write(path, stream =>
    {
        using CsvWriter csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord(["video", "rater", "time", .. ratings.CurveNames.Select(SpreadsheetText.Escape)]);
        foreach (string video in ratings.Videos)
        {
            ImportedCurve?[] curves = [.. ratings.CurveNames.Select(curve => ratings.Find(video, curve))];
            foreach (string rater in curves.SelectMany(curve => curve?.Rated.Raters ?? []).Distinct())
            {
                WriteRater(csv, ratings.Options.Rate, video, rater, curves);
            }
        }
    });

    private static void WriteRater(CsvWriter csv, Rate rate, string video, string rater, ImportedCurve?[] curves)
    {
        double[][] columns = [.. curves.Select(curve => ValuesOf(curve?.Rated, rater))];
        TimeGrid grid = new(rate, columns.Max(column => column.Length));
        for (int step = 0; step < grid.Count; step++)
        {
            csv.WriteField(SpreadsheetText.Escape(video));
            csv.WriteField(SpreadsheetText.Escape(rater));
            csv.WriteField(Math.Round(grid.SecondsAt(step), 6));
            foreach (double[] column in columns)
            {
                if (step < column.Length && !double.IsNaN(column[step]))
                {
                    csv.WriteField((float)column[step]);
                }
                else
                {
                    csv.WriteField("");
                }
            }

            csv.EndRecord();
        }
    }

    private static double[] ValuesOf(RatedCurve? curve, string rater) =>
        curve is not null && curve.Raters.IndexOf(rater) is >= 0 and int own ? curve.Of(own).ToArray() : [];
}
