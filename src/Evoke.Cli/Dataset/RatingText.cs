using System.Globalization;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings;
using Evoke.Datasets.Ratings.Reading;

namespace Evoke.Cli.Dataset;

/// <summary>What <c>evoke dataset import</c> prints.</summary>
internal static class RatingText
{
    private const int VideosToShow = 12;

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
        foreach (string note in ratings.Notes)
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
            output.WriteLine($"odd rater: {rater.Rater}, correlation with the others {correlation}, {rater.Constant} of {rater.Traces} traces constant");
        }

        string division = ratings.Validation.IsEmpty
            ? $"{RatingFolder.Labels}: {ratings.Videos.Length} videos"
            : $"{RatingFolder.Train}: {ratings.Videos.Length - ratings.Validation.Length} videos, {RatingFolder.Validation}: {ratings.Validation.Length}";
        output.WriteLine($"{division}: {folder}");
        output.WriteLine($"page: {Path.Combine(folder, RatingFolder.Page)}");
    }

    private static void WriteForm(TextWriter output, IGrouping<string, UnderstoodFile> files)
    {
        UnderstoodFile first = files.First();
        string more = files.Count() > 1 ? $" and {files.Count() - 1} more" : "";
        output.WriteLine($"{first.File}{(first.Sheet is null ? "" : $", sheet '{first.Sheet}'")}{more}: {files.Key}");
    }

    private static void WriteCounts(TextWriter output, ImportedRatings ratings)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{ratings.Videos.Length} videos, {ratings.Raters.Length} raters, {ratings.Options.Rate:0.###} labels per second"));
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
            output.WriteLine($"… {ratings.Videos.Length - VideosToShow} more videos are on the page and in {RatingFolder.Document}");
        }
    }

    private static string Number(double? number) => number is { } found ? found.ToString("0.00", CultureInfo.InvariantCulture) : "-";
}
