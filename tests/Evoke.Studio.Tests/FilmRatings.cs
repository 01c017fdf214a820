using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Evoke.Studio.Api;

namespace Evoke.Studio.Tests;

/// <summary>Ratings made for a test, and requests that give them to a video.</summary>
internal static class FilmRatings
{
    /// <summary>A table of two curves by some raters, twice a second, on a scale of 1 to 9. Raters agree, each at a level of their own.</summary>
    public static string Table(string video, int raters = 3, int seconds = 24, string curves = "arousal,pace")
    {
        IEnumerable<string> rows = from rater in Enumerable.Range(0, raters)
                                   from step in Enumerable.Range(0, 2 * seconds)
                                   let time = step / 2.0
                                   let value = 5 + (2.5 * Math.Sin((time / 3) + (rater * 0.3))) + (0.4 * (rater - 1))
                                   select string.Create(CultureInfo.InvariantCulture, $"{video},r{rater},{time},{value:0.00},{10 - value:0.00}");
        return $"video,rater,seconds,{curves}\n{string.Join('\n', rows)}\n";
    }

    /// <summary>A form with files.</summary>
    public static MultipartFormDataContent Form(params (string Name, byte[] Bytes)[] files)
    {
        MultipartFormDataContent form = [];
        foreach ((string name, byte[] bytes) in files)
        {
            ByteArrayContent content = new(bytes);
            content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
            {
                Name = "files",
                FileName = $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal)}\"",
            };
            form.Add(content);
        }

        return form;
    }

    /// <summary>Gives a video ratings; returns the status and the answer.</summary>
    public static async Task<(int Status, string Detail)> TryAsync(
        RunningStudio studio, string video, string query, params (string Name, byte[] Bytes)[] files)
    {
        using MultipartFormDataContent form = Form(files);
        return await studio.TryAsync(HttpMethod.Put, $"/api/videos/{video}/ratings{query}", form);
    }

    /// <summary>Gives a video ratings that are taken.</summary>
    public static async Task<RatingsView> GiveAsync(RunningStudio studio, string video, string query, params (string Name, byte[] Bytes)[] files)
    {
        (int status, string detail) = await TryAsync(studio, video, query, files);
        status.ShouldBe(200, detail);
        return await studio.GetAsync<RatingsView>($"/api/videos/{video}/ratings");
    }

    /// <summary>Gives a video a table.</summary>
    public static Task<RatingsView> GiveAsync(RunningStudio studio, string video, string table, string name = "ratings.csv") =>
        GiveAsync(studio, video, string.Empty, (name, Encoding.UTF8.GetBytes(table)));

    /// <summary>Reads them with another lag.</summary>
    public static async Task<(int Status, string Detail)> LagAsync(RunningStudio studio, string video, double? seconds)
    {
        using JsonContent body = JsonContent.Create(new ChangeRatingsRequest(seconds));
        return await studio.TryAsync(HttpMethod.Patch, $"/api/videos/{video}/ratings", body);
    }
}
