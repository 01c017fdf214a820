using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evoke.Studio.Api;
using Evoke.Studio.Jobs;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;
using Evoke.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Evoke.Studio.Tests;

/// <summary>A real Studio on a free port of this machine, with its own folders.</summary>
public sealed class RunningStudio : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private RunningStudio(WebApplication app, string folder, bool ownsFolder)
    {
        (_app, Folder, _ownsFolder) = (app, folder, ownsFolder);
        Data = Service<StudioOptions>().DataFolder;
        Address = StudioServer.Addresses(app).First();
        Client = PatientClient.To(Address);
    }

    /// <summary>Contains <c>root</c> and, unless the options say otherwise, <c>data</c>.</summary>
    public string Folder { get; }

    public string Root => Path.Combine(Folder, "root");

    public string Data { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    internal static async Task<RunningStudio> StartAsync(
        Func<StudioOptions, StudioOptions>? change = null, Func<IServiceProvider, IVideoAnalyzer>? analyzer = null, string? folder = null)
    {
        string home = folder ?? Directory.CreateTempSubdirectory("evoke-studio-").FullName;
        Directory.CreateDirectory(Path.Combine(home, "root"));
        StudioOptions options = new() { Port = 0, DataFolder = Path.Combine(home, "data"), Roots = [Path.Combine(home, "root")] };
        WebApplication app = StudioServer.Build(change?.Invoke(options) ?? options, analyzer);
        await app.StartAsync();
        return new RunningStudio(app, home, ownsFolder: folder is null);
    }

    /// <summary>A service of the server.</summary>
    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<T> GetAsync<T>(string path) => (await Client.GetFromJsonAsync<T>(path, Json))!;

    /// <summary>Sends a request and returns the status and, for an error, its message.</summary>
    public async Task<(int Status, string Detail)> TryAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        using HttpResponseMessage response = await Client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, response.IsSuccessStatusCode ? text : JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString()!);
    }

    internal async Task<VideoView> UploadAsync(string file, string? name = null)
    {
        await using FileStream stream = File.OpenRead(file);
        using StreamContent content = new(stream);
        using HttpResponseMessage response = await Client.PostAsync($"/api/uploads?name={Uri.EscapeDataString(name ?? Path.GetFileName(file))}", content);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<VideoView>(Json))!;
    }

    /// <summary>Sends a norms file and returns the status and, for an error, its message.</summary>
    internal async Task<(int Status, string Detail)> AddNormAsync(byte[] file, string name = "trailers.norms.json")
    {
        using ByteArrayContent content = new(file);
        return await TryAsync(HttpMethod.Post, $"/api/norms?name={Uri.EscapeDataString(name)}", content);
    }

    internal async Task<IReadOnlyList<VideoView>> AddAsync(string path)
    {
        using HttpResponseMessage response = await Client.PostAsJsonAsync("/api/videos", new AddPathRequest(path));
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<IReadOnlyList<VideoView>>(Json))!;
    }

    /// <summary>Waits until the newest job of a video has ended.</summary>
    internal Task<JobRecord> JobEndAsync(string videoId) => UntilAsync(videoId, video => video.Job, job => job.IsOver);

    /// <summary>Waits until the newest preview job of a video has ended.</summary>
    internal Task<JobRecord> PreviewEndAsync(string videoId) => UntilAsync(videoId, video => video.PreviewJob, job => job.IsOver);

    /// <summary>Waits until a job of a video meets a condition.</summary>
    internal async Task<JobRecord> UntilAsync(string videoId, Func<VideoView, JobRecord?> of, Func<JobRecord, bool> wanted)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        while (true)
        {
            if (of(await GetAsync<VideoView>($"/api/videos/{videoId}")) is JobRecord job && wanted(job))
            {
                return job;
            }

            await Task.Delay(50, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsFolder)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(Folder, recursive: true);
        }
    }
}
