using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Evoke.Studio;
using Evoke.Studio.Options;
using Microsoft.AspNetCore.Builder;

namespace Evoke.Bench;

/// <summary>The latency of status calls with fifty clients while Studio runs a job.</summary>
internal sealed class StudioBenchmark : IBenchmark
{
    private const int Clients = 50;
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
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
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
