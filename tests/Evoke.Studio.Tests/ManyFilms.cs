using System.Globalization;
using Evoke.Curves;
using Evoke.Curves.Moments;
using Evoke.Heads.Models;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Tests;

/// <summary>A large library without the time and the room that it takes to make one: copies of one short film, with curves of their own.</summary>
internal static class ManyFilms
{
    private const int Playable = 8; // so many have a file: the newest

    /// <summary>Adds videos called "film 001.mp4" and so on, the last of them the newest; the first has the lowest arousal.</summary>
    /// <param name="studio">Where.</param>
    /// <param name="film">The film.</param>
    /// <param name="count">How many.</param>
    /// <param name="analysed">True for a result by <c>affect</c> of each.</param>
    /// <returns>Their ids, in order.</returns>
    public static string[] Add(RunningStudio studio, string film, int count, bool analysed = true)
    {
        VideoTable videos = studio.Service<VideoTable>();
        ResultTable results = studio.Service<ResultTable>();
        string there = Path.Combine(studio.Root, "film.mp4");
        File.Copy(film, there);
        return [.. Enumerable.Range(1, count).Select(number =>
        {
            string id = number.ToString("x16", CultureInfo.InvariantCulture), name = string.Create(CultureInfo.InvariantCulture, $"film {number:000}.mp4");
            string path = Path.Combine(studio.Root, name);
            if (number > count - Playable)
            {
                File.Copy(there, path);
            }

            videos.Add(new VideoRecord
            {
                Id = id,
                Name = name,
                Path = path,
                Owned = false,
                Bytes = new FileInfo(there).Length,
                Added = DateTimeOffset.UnixEpoch.AddMinutes(number),
                DurationSeconds = 24,
                FrameRate = 25,
                HasPicture = false,
                Playable = true,
            });
            if (analysed)
            {
                Analyse(results, id, number / (float)count);
            }

            return id;
        })];
    }

    private static void Analyse(ResultTable results, string id, float height)
    {
        float[] values = [.. Enumerable.Range(0, 144).SelectMany(row => new[] { height * row / 143, 1 - height, 0.5f, 0.25f })];
        EmotionCurves curves = new(new EmotionScheme(["arousal", "pace", "motion", "loudness"]), new TimeGrid(new Rate(6), 144), values);
        results.Save(new ResultRecord
        {
            VideoId = id,
            Model = "affect",
            Created = DateTimeOffset.UtcNow,
            DurationSeconds = 24,
            Scheme = curves.Scheme.Names,
            Rate = curves.Grid.Rate,
            Curves = values,
            Details = new ResultDetails
            {
                Model = ModelCard.Affect,
                FeatureKey = "none",
                Moments = [],
                Summary = [.. EmotionSummary.Of(curves)],
                Warnings = [],
            },
        });
    }
}
