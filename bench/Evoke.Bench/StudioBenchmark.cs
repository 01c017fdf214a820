using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Evoke.Studio;
using Evoke.Studio.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;

namespace Evoke.Bench;

/// <summary>The latency of status calls with fifty clients while Studio runs a job.</summary>
internal sealed class StudioBenchmark : IBenchmark
{
    private const int Clients = 50;
    private const int Videos = 400;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    public string Name => "studio";

    public string Summary => "50 clients polling and streaming while a job runs: errors, and the 99th percentile of a status call [FILM]";

    public void Run(IReadOnlyList<string> arguments) => RunAsync(arguments.Count > 0 ? arguments[0] : ExtractBenchmark.MakeFilm()).GetAwaiter().GetResult();

    private static async Task RunAsync(string film)
    {
        string folder = Directory.CreateTempSubdirectory("evoke-bench-studio-").FullName;
        WebApplication app = StudioServer.Build(new StudioOptions { Port = 0, DataFolder = folder, Roots = [Path.GetDirectoryName(Path.GetFullPath(film))!] });
        await app.StartAsync();
        Uri address = StudioServer.Addresses(app).First();
        using HttpClient owner = new() { BaseAddress = address };
        using HttpResponseMessage added = await owner.PostAsJsonAsync("/api/videos", new { path = Path.GetFullPath(film) });
        JsonElement video = (await added.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>())[0];
        string id = video.GetProperty("id").GetString()!;

        using CancellationTokenSource end = new(Duration);
        long working = 0;
        (List<double> Times, int Errors)[] seen = await Task.WhenAll(
            Enumerable.Range(0, Clients).Select(i => Task.Run(() => ClientAsync(address, id, i, () => Interlocked.Increment(ref working), end.Token))));
        double[] times = [.. seen.SelectMany(s => s.Times).Order()];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Clients} clients for {Duration.TotalSeconds} s; the job was running in {100.0 * working / times.Length:0} % of the calls"));
        Table.Print(
            ["status calls", "errors", "median", "p99", "most"],
            [times.Length.ToString(CultureInfo.InvariantCulture), seen.Sum(s => s.Errors).ToString(CultureInfo.InvariantCulture),
                Table.Seconds(TimeSpan.FromMilliseconds(times[times.Length / 2])), Table.Seconds(TimeSpan.FromMilliseconds(times[times.Length * 99 / 100])),
                Table.Seconds(TimeSpan.FromMilliseconds(times[^1]))]);
        await FinishedAsync(owner, id);
        await CallsAsync(owner, "plot (PNG), alone", $"/api/videos/{id}/export/png", clients: 1);
        await CallsAsync(owner, "plot (PNG), 20 clients", $"/api/videos/{id}/export/png", clients: 20);
        await app.StopAsync();
        await app.DisposeAsync();
        await LibraryAsync(folder, film);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    // The analysed film many times over, each with its own row of curves.
    private static async Task LibraryAsync(string folder, string film)
    {
        using (SqliteConnection database = new($"Data Source={Path.Combine(folder, "studio.db")}"))
        {
            database.Open();
            using SqliteCommand copy = database.CreateCommand();
            copy.CommandText = $"""
                CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {Videos}) SELECT i FROM n;
                CREATE TEMP TABLE v AS SELECT * FROM video; CREATE TEMP TABLE r AS SELECT * FROM result; CREATE TEMP TABLE c AS SELECT * FROM result_curves;
                INSERT INTO video (id, name, path, owned, bytes, added, duration, width, height, frame_rate, has_picture, has_sound, playable, preview_bytes)
                SELECT v.id || i, name, path || i, owned, bytes, added, duration, width, height, frame_rate, has_picture, has_sound, playable,
                    preview_bytes FROM v, n;
                INSERT INTO result SELECT video || i, model, created, duration, scheme, rate, rows, means, peaks, sparkline, details FROM r, n;
                INSERT INTO result_curves SELECT video || i, model, curves, spread FROM c, n;
                """;
            copy.ExecuteNonQuery();
        }

        WebApplication app = StudioServer.Build(new StudioOptions { Port = 0, DataFolder = folder, Roots = [Path.GetDirectoryName(Path.GetFullPath(film))!] });
        await app.StartAsync();
        using HttpClient client = new() { BaseAddress = StudioServer.Addresses(app).First() };
        await CallsAsync(client, $"library of {Videos} videos", "/api/videos", clients: 1, calls: 40);
        await CallsAsync(client, $"scores of {Videos} videos", "/api/scores", clients: 1, calls: 40);
        JsonElement first = (await client.GetFromJsonAsync<JsonElement>("/api/videos"))[0];
        await CallsAsync(client, "one video of them, after a job", $"/api/videos?ids={first.GetProperty("id").GetString()}", clients: 1, calls: 40);
        await CallsAsync(client, "the queue in numbers", "/api/queue", clients: 1, calls: 40);
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task FinishedAsync(HttpClient client, string id)
    {
        while ((await client.GetFromJsonAsync<JsonElement>($"/api/videos/{id}")).GetProperty("job").GetProperty("state").GetString() is "Queued" or "Running")
        {
            await Task.Delay(200);
        }
    }

    private static async Task CallsAsync(HttpClient client, string what, string path, int clients, int calls = 5)
    {
        _ = await client.GetByteArrayAsync(path);
        double[][] seen = await Task.WhenAll(Enumerable.Range(0, clients).Select(async number =>
        {
            double[] times = new double[calls];
            for (int call = 0; call < calls; call++)
            {
                long start = Stopwatch.GetTimestamp();
                _ = await client.GetByteArrayAsync(path);
                times[call] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            return times;
        }));
        double[] all = [.. seen.SelectMany(times => times).Order()];
        Table.Print(
            [what, "median", "p95", "most"],
            [all.Length.ToString(CultureInfo.InvariantCulture), .. new[] { all[all.Length / 2], all[all.Length * 95 / 100], all[^1] }.Select(
                milliseconds => Table.Seconds(TimeSpan.FromMilliseconds(milliseconds)))]);
    }

    /// <summary>Polls status twice a second; every fifth client also streams the film, another fifth subscribes to events.</summary>
    private static async Task<(List<double> Times, int Errors)> ClientAsync(Uri address, string id, int number, Action running, CancellationToken end)
    {
        using HttpClient client = new() { BaseAddress = address };
        Task stream = (number % 5) switch
        {
            0 => StreamAsync(client, $"/api/videos/{id}/media", end),
            1 => StreamAsync(client, "/api/events", end),
            _ => Task.CompletedTask,
        };
        List<double> times = [];
        int errors = 0;
        while (!end.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            using HttpResponseMessage answer = await client.GetAsync("/api/status", CancellationToken.None);
            string body = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            errors += answer.IsSuccessStatusCode ? 0 : 1;
            if (body.Contains("\"Running\"", StringComparison.Ordinal))
            {
                running();
            }

            await Task.Delay(500, CancellationToken.None);
        }

        await stream;
        return (times, errors);
    }

    private static async Task StreamAsync(HttpClient client, string path, CancellationToken end)
    {
        byte[] buffer = new byte[1 << 16];
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, end);
            await using Stream body = await answer.Content.ReadAsStreamAsync(end);
            // At the pace of a player: about 4 Mbit/s.
            while (await body.ReadAsync(buffer, end) > 0)
            {
                await Task.Delay(130, end);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }
}
