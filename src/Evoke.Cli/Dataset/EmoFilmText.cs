using System.Globalization;
using System.Text.Json;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Checking;
using Evoke.Datasets.EmoFilm;
using Evoke.Datasets.Ratings;
using Evoke.Files.Text;

namespace Evoke.Cli.Dataset;

/// <summary>What <c>evoke dataset emo-film</c> prints.</summary>
internal static class EmoFilmText
{
    /// <summary>Which films were found, and what was made of their ratings.</summary>
    public static void Write(TextWriter output, EmoFilmResult result, string folder)
    {
        WriteFilms(output, result);
        if (result.Ratings is not { } ratings)
        {
            return;
        }

        output.WriteLine($"{Quantity.Of(result.Downloaded, "rating file")} downloaded, {result.Present} already there");
        string rate = string.Create(CultureInfo.InvariantCulture, $"{ratings.Options.Rate:0.###} label per second");
        output.WriteLine(
            $"{Quantity.Of(ratings.Videos.Length, "film")}, {Quantity.Of(ratings.Raters.Length, "rater")}, {rate}, "
            + $"{Quantity.Of(ratings.CurveNames.Length, "curve")}");
        WriteCurves(output, ratings);
        foreach (string note in RatingText.Notes(ratings, " on the page"))
        {
            output.WriteLine(note);
        }

        output.WriteLine($"{RatingText.Division(ratings, "film")}: {folder}");
        output.WriteLine($"page: {Path.Combine(folder, RatingFolder.Page)}");
    }

    /// <summary>The same for programs.</summary>
    public static object JsonOf(EmoFilmResult result, RatingDocument? document) => new
    {
        Films = result.Films.Select(film => new
        {
            Film = film.Film.Name,
            State = JsonNamingPolicy.SnakeCaseLower.ConvertName(film.State.ToString()),
            File = film.Found?.Video.Path,
            Seconds = film.Found?.DurationSeconds,
            RatedSeconds = film.Film.Seconds,
        }),
        NotUsed = result.Others.Select(file => file.Video.Path),
        Failed = result.Failures.Select(failure => new { File = failure.Video.Path, Error = failure.Error.Message }),
        result.Downloaded,
        result.Present,
        Dataset = document,
    };

    private static void WriteFilms(TextWriter output, EmoFilmResult result)
    {
        if (result.Films.IsEmpty)
        {
            return;
        }

        int name = result.Films.Max(film => film.Film.Name.Length) + 2;
        int file = Math.Max("file".Length, result.Films.Max(film => film.Found is { } found ? NameOf(found).Length : 0)) + 2;
        output.WriteLine($"{"film".PadRight(name)}{"rated",7}  {"file".PadRight(file)}{"length",8}");
        foreach (FilmMatch film in result.Films)
        {
            string found = film.Found is { } entry ? NameOf(entry) : "-";
            string length = Seconds(film.Found?.DurationSeconds);
            output.WriteLine($"{film.Film.Name.PadRight(name)}{Seconds(film.Film.Seconds),7}  {found.PadRight(file)}{length,8}  {film.Message}");
        }

        foreach (InventoryEntry other in result.Others.Except(result.Films.Select(film => film.Found).OfType<InventoryEntry>()))
        {
            string hint = FilmMatch.AsLongAs(other, result.Films) is { } film ? $"; as long as {film.Name}: rename it if it is that film" : "";
            output.WriteLine($"not used: {NameOf(other)}, {Seconds(other.DurationSeconds)}{hint}");
        }
    }

    // Agreement of each curve, as the mean over the films.
    private static void WriteCurves(TextWriter output, ImportedRatings ratings)
    {
        int width = Math.Max("curve".Length, ratings.CurveNames.Max(name => name.Length)) + 2;
        output.WriteLine($"{"curve".PadRight(width)}{"Pearson",8}{"ceiling",12}  scale");
        foreach ((string curve, CurveScale scale) in ratings.CurveNames.Zip(ratings.Scales))
        {
            Agreement[] found = [.. ratings.Curves.Where(own => own.Rated.Curve == curve).Select(own => own.Agreement)];
            string ceiling = $"{Mean(found, own => own.CeilingLow)}-{Mean(found, own => own.CeilingHigh)}";
            string unit = ratings.Options.ZScores ? " standard deviations" : "";
            output.WriteLine($"{curve.PadRight(width)}{Mean(found, own => own.Pearson),8}{ceiling,12}  {scale}{unit}");
        }
    }

    private static string Mean(Agreement[] agreements, Func<Agreement, double?> of) =>
        agreements.Select(of).Average() is { } mean ? mean.ToString("0.00", CultureInfo.InvariantCulture) : "-";

    private static string NameOf(InventoryEntry file) => Path.GetFileName(file.Video.Path);

    private static string Seconds(double? seconds) => seconds is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.#} s") : "-";
}
