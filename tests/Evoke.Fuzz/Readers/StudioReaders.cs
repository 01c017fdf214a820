using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Evoke.Curves;
using Evoke.Curves.Moments;
using Evoke.Heads.Models;
using Evoke.Studio;
using Evoke.Studio.Jobs;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Evoke.Fuzz.Readers;

/// <summary>Requests to Studio, and its database.</summary>
internal static class StudioReaders
{
    private const int ServerError = 500;
    private const int NoRoom = 507;

    private static readonly Lazy<Task<Uri>> s_server = new(StartAsync);

    public static IEnumerable<FuzzedReader> All =>
    [
        new("studio-request", "request.txt", _ => Requests(), SendAsync)
        {
            IsText = true,
            Words =
            [
                "null", "{}", "[]", "\"path\": null", "\"path\": \"\\u0000\"", "\"model\": \"\"", "/", "/../", "%00", "%2e%2e", "?", "&", "=",
                "-1", "NaN", "1e999", "\ud83d\ude00",
                "[[[[[[[[", "POST /api/jobs/1/cancel\n", "GET /api/compare?a=1&b=2\n", "/api/videos/", "?width=99999999",
            ],
        },
        new("studio-database", "studio.db", folder => [Database(folder)], ReadDatabase),
    ];

    // A line "METHOD ADDRESS", then the body.
    private static IEnumerable<byte[]> Requests() => new[]
    {
        "POST /api/videos\n{\"path\": \"/tmp/none.mp4\", \"model\": \"affect\"}",
        "POST /api/videos/aaaaaaaa/analyses\n{\"model\": \"affect\"}",
        "POST /api/videos/aaaaaaaa/preview\n",
        "GET /api/videos?search=a&sort=mean&emotion=joy&order=asc&model=affect\n",
        "GET /api/videos/aaaaaaaa/thumbnail?at=1.5&width=184\n",
        "GET /api/videos/aaaaaaaa/export/edl?model=affect\n",
        "GET /api/compare?first=aaaaaaaa&second=bbbbbbbb&model=affect&align=content\n",
        "GET /api/folders?path=%2Ftmp\n",
        "GET /api/jobs/1\n",
        "POST /api/jobs/1/retry\n",
        "GET /api/jobs?state=open&order=asc&after=1&limit=5\n",
        "PATCH /api/videos/aaaaaaaa\n{\"name\": \"a\", \"tags\": [\"b\"]}",
        "POST /api/tags\n{\"videos\": [\"aaaaaaaa\"], \"add\": [\"b\"], \"remove\": [\"c\"]}",
        "POST /api/removed\n{\"videos\": [\"aaaaaaaa\"], \"file\": false}",
        "POST /api/removed/restore\n{\"videos\": [\"aaaaaaaa\"]}",
        "POST /api/analyses\n{\"videos\": [\"aaaaaaaa\"], \"model\": \"affect\", \"again\": true}",
        "GET /api/export?videos=aaaaaaaa,bbbbbbbb&formats=csv,json&model=affect\n",
        "GET /api/scores.csv?videos=aaaaaaaa&model=affect\n",
        "GET /api/same?bytes=1000&sample=00\n",
        "DELETE /api/videos/aaaaaaaa?file=true\n",
    }.Select(Encoding.UTF8.GetBytes);

    private static async Task SendAsync(string path)
    {
        Uri server = await s_server.Value.ConfigureAwait(false);
        byte[] input = await File.ReadAllBytesAsync(path).ConfigureAwait(false);
        int line = Array.IndexOf(input, (byte)'\n');
        byte[] target = line < 0 ? input : input[..line];
        byte[] body = line < 0 ? [] : input[(line + 1)..];
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $" HTTP/1.1\r\nHost: localhost:{server.Port}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        using TcpClient client = new();
        await client.ConnectAsync(server.Host, server.Port).ConfigureAwait(false);
        using NetworkStream stream = client.GetStream();
        try
        {
            await stream.WriteAsync((byte[])[.. target, .. Encoding.ASCII.GetBytes(head), .. body]).ConfigureAwait(false);
            byte[] answer = new byte[4096];
            int read = await stream.ReadAtLeastAsync(answer, 12, throwOnEndOfStream: false).ConfigureAwait(false);
            Judge(Encoding.UTF8.GetString(answer, 0, read));
        }
        catch (IOException)
        {
            // Kestrel closes connections that do not speak HTTP, without an answer.
        }
    }

    private static void Judge(string answer)
    {
        string[] words = answer.Split(' ', 3);
        if (words.Length > 1 && int.TryParse(words[1], CultureInfo.InvariantCulture, out int status) && status >= ServerError && status != NoRoom)
        {
            throw new InvalidOperationException($"Studio answers {answer.Split('\n')[0].Trim()}");
        }
    }

    private static async Task<Uri> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("evoke-fuzz-studio-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        string root = Directory.CreateDirectory(Path.Combine(folder, "root")).FullName;
        StudioOptions options = new() { Port = 0, DataFolder = Path.Combine(folder, "data"), Roots = [root] };
        WebApplication app = StudioServer.Build(options, _ => new NoAnalysis());
        AddVideos(app.Services.GetRequiredService<VideoTable>(), app.Services.GetRequiredService<ResultTable>(), root);
        await app.StartAsync().ConfigureAwait(false);
        return StudioServer.Addresses(app).First();
    }

    private static void AddVideos(VideoTable videos, ResultTable results, string folder)
    {
        EmotionCurves curves = new(new EmotionScheme(["joy", "fear"]), new TimeGrid(new Rate(2), 2), [0, 1, 2, 3]);
        foreach (string id in new[] { "aaaaaaaa", "bbbbbbbb" })
        {
            videos.Add(new VideoRecord
            {
                Id = id,
                Name = $"{id}.mp4",
                Path = Path.Combine(folder, $"{id}.mp4"),
                Owned = false,
                Bytes = 1000,
                Added = DateTimeOffset.UnixEpoch,
                DurationSeconds = 2,
                Width = 64,
                Height = 48,
            });
            results.Save(new ResultRecord
            {
                VideoId = id,
                Model = "affect",
                Created = DateTimeOffset.UnixEpoch,
                DurationSeconds = 1,
                Scheme = ["joy", "fear"],
                Rate = new Rate(2),
                Curves = [.. curves.Values],
                Details = new ResultDetails
                {
                    Model = ModelCard.Affect,
                    FeatureKey = "k",
                    Moments = [],
                    Summary = [.. EmotionSummary.Of(curves)],
                    Warnings = ["one"],
                },
            });
        }
    }

    private static byte[] Database(string folder)
    {
        string path = Path.Combine(folder, "studio.db");
        StudioDatabase database = new(path);
        AddVideos(new VideoTable(database), new ResultTable(database), folder);
        _ = new JobTable(database).Enqueue("aaaaaaaa", JobKind.Analysis, "affect", 10);
        SqliteConnection.ClearAllPools();
        using (SqliteConnection connection = new($"Data Source={path}"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            command.ExecuteNonQuery();
        }

        SqliteConnection.ClearAllPools();
        return File.ReadAllBytes(path);
    }

    private static Task ReadDatabase(string path)
    {
        try
        {
            StudioDatabase database = new(path);
            VideoTable videos = new(database);
            _ = videos.All();
            _ = videos.StoredBytes();
            _ = videos.Removed();
            _ = new TagTable(database).All();
            _ = new JobTable(database).Newest(10);
            ResultTable results = new(database);
            _ = results.Newest(model: null);
            _ = results.Find("aaaaaaaa", model: null);
            return Task.CompletedTask;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
        }
    }

    private sealed class NoAnalysis : IVideoAnalyzer
    {
        public Task AnalyseAsync(VideoRecord video, string model, Action<JobProgress> report, CancellationToken cancellation) => Task.CompletedTask;
    }
}
