using System.Globalization;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Files.Text;

namespace Evoke.Cli.Dataset;

/// <summary>What <c>evoke dataset import</c> prints.</summary>
internal static class RatingText
{
    private const int VideosToShow = 12;
    private const int NotesToShow = 12;

    /// <summary>How the files were understood, with the first values of each form.</summary>
    public static void WriteDryRun(TextWriter output, ImportedRatings ratings)
    {
        foreach (IGrouping<string, UnderstoodFile> files in ratings.Files.GroupBy(file => file.Form))
        {
            WriteForm(output, files);
            int width = Math.Max("video".Length, files.First().FirstRows.Select(row => row.Video.Length).DefaultIfEmpty(0).Max());
            int rater = Math.Max("rater".Length, files.First().FirstRows.Select(row => row.Rater.Length).DefaultIfEmpty(0).Max());
            output.WriteLine($"  {"video".PadRight(width)}  {"rater".PadRight(rater)}  {"time (s)",10}  {"value",10}  curve");
            foreach (RatingSample row in files.First().FirstRows)
            {
                string value = double.IsNaN(row.Value) ? "missing" : row.Value.ToString("0.######", CultureInfo.InvariantCulture);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {row.Video.PadRight(width)}  {row.Rater.PadRight(rater)}  {row.Seconds,10:0.###}  {value,10}  {row.Curve}"));
            }
        }

        WriteCounts(output, ratings);
        foreach (string note in Notes(ratings, ""))
        {
            output.WriteLine(note);
        }

        output.WriteLine("Nothing was written. If this is right, give --out DIR in place of --dry-run.");
    }

    /// <summary>What was read and written.</summary>
    public static void WriteResult(TextWriter output, ImportedRatings ratings, string folder)
    {
        foreach (IGrouping<string, UnderstoodFile> files in ratings.Files.GroupBy(file => file.Form))
        {
            WriteForm(output, files);
        }

        WriteCounts(output, ratings);
        WriteAgreement(output, ratings);
        foreach (RaterSummary rater in ratings.Raters.Where(rater => rater.IsOdd))
        {
            string correlation = rater.WithOthers is { } found ? found.ToString("0.00", CultureInfo.InvariantCulture) : "none";
            output.WriteLine(
                $"odd rater: {rater.Rater}, correlation with the others {correlation}, {rater.Constant} of {Quantity.Of(rater.Traces, "trace")} constant");
        }

        output.WriteLine($"{Division(ratings, "video")}: {folder}");
        output.WriteLine($"page: {Path.Combine(folder, RatingFolder.Page)}");
    }

    /// <summary>The notes, and how many more there are.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="where">Where the others are: " are on the page"; empty for nowhere.</param>
    public static IEnumerable<string> Notes(ImportedRatings ratings, string where) => ratings.Notes.Length <= NotesToShow
        ? ratings.Notes
        : [.. ratings.Notes.Take(NotesToShow), $"… {Quantity.Of(ratings.Notes.Length - NotesToShow, "more note", "more notes")}{where}"];

    /// <summary>Which tables were written, with how many videos, and why not more.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="what">"video" or "film".</param>
    public static string Division(ImportedRatings ratings, string what)
    {
        string all = $"{RatingFolder.Labels}: {Quantity.Of(ratings.Videos.Length, what)}";
        if (ratings.Validation.IsEmpty)
        {
            return ratings.Options.ValidationShare == 0
                ? $"{all}, not divided, as --validation 0 says"
                : !ratings.Options.Groups.IsNone && ratings.Videos.Length > 1
                ? $"{all}, not divided, as all of them are in one group"
                : $"{all}, too few for {RatingFolder.Train} and {RatingFolder.Validation}, which need at least two";
        }

        int train = ratings.Videos.Length - ratings.Validation.Length;
        return $"{RatingFolder.Train}: {Quantity.Of(train, what)}, {RatingFolder.Validation}: {ratings.Validation.Length}";
    }

    /// <summary>What a dry run shows, for programs.</summary>
    public static object JsonOf(ImportedRatings ratings) => new
    {
        Files = ratings.Files.Select(file => new
        {
            file.File,
            file.Sheet,
            file.Form,
            FirstRows = file.FirstRows.Select(
                row => new { row.Video, row.Rater, row.Curve, row.Seconds, Value = double.IsNaN(row.Value) ? (double?)null : row.Value }),
        }),
        ratings.Videos,
        Raters = ratings.Raters.Select(rater => rater.Rater),
        Rate = ratings.Options.Rate.Hertz,
        Curves = ratings.CurveNames.Zip(ratings.Scales).ToDictionary(
            curve => curve.First, curve => new { Range = new[] { curve.Second.Low, curve.Second.High }, Given = curve.Second.IsGiven }),
        ratings.Notes,
    };

    private static void WriteForm(TextWriter output, IGrouping<string, UnderstoodFile> files)
    {
        UnderstoodFile first = files.First();
        string more = files.Count() > 1 ? $" and {files.Count() - 1} more" : "";
        output.WriteLine($"{first.File}{(first.Sheet is null ? "" : $", sheet '{first.Sheet}'")}{more}:");
        foreach (string part in files.Key.Split("; "))
        {
            output.WriteLine($"  {part}");
        }
    }

    private static void WriteCounts(TextWriter output, ImportedRatings ratings)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Quantity.Of(ratings.Videos.Length, "video")}, {Quantity.Of(ratings.Raters.Length, "rater")}, "
            + $"{ratings.Options.Rate:0.###} {(ratings.Options.Rate.Hertz == 1 ? "label" : "labels")} per second"));
        foreach ((string name, CurveScale scale) in ratings.CurveNames.Zip(ratings.Scales))
        {
            string how = scale.IsGiven ? "as given"
                : ratings.Options.ZScores ? "standard deviations"
                : "recognised from the values; give --range if it is another";
            output.WriteLine($"  {name} {scale} ({how})");
        }
    }

    private static void WriteAgreement(TextWriter output, ImportedRatings ratings)
    {
        int width = Math.Max("video".Length, ratings.Videos.Max(video => video.Length)) + 2;
        int curve = Math.Max("curve".Length, ratings.CurveNames.Max(name => name.Length)) + 2;
        output.WriteLine(
            $"{"video".PadRight(width)}{"curve".PadRight(curve)}{"raters",6}{"Pearson",9}{"CCC",7}{"ICC(2,1)",10}{"ICC(2,k)",10}"
            + $"{"alpha",7}{"Kripp.",8}{"ceiling",14}");
        foreach (ImportedCurve row in ratings.Curves.Take(VideosToShow * ratings.CurveNames.Length))
        {
            Agreement found = row.Agreement;
            string ceiling = $"{Number(found.CeilingLow)}-{Number(found.CeilingHigh)}";
            output.WriteLine(
                $"{row.Rated.VideoId.PadRight(width)}{row.Rated.Curve.PadRight(curve)}{found.Raters,6}{Number(found.Pearson),9}{Number(found.Ccc),7}"
                + $"{Number(found.IccSingle),10}{Number(found.IccMean),10}{Number(found.Alpha),7}{Number(found.Krippendorff),8}{ceiling,14}");
        }

        if (ratings.Videos.Length > VideosToShow)
        {
            output.WriteLine($"… {Quantity.Of(ratings.Videos.Length - VideosToShow, "more video")} on the page and in {RatingFolder.Document}");
        }
    }

    private static string Number(double? number) => number is { } found ? found.ToString("0.00", CultureInfo.InvariantCulture) : "-";
}
