using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Studio;
using Evoke.Studio.Options;
using Evoke.Testing;
using Microsoft.AspNetCore.Builder;

namespace Evoke.Cli.Tests.Encoders;

/// <summary>Every kind of ONNX network on pieces of real films: extracted, trained on, predicted with, and in Studio.</summary>
public sealed class OnnxEndToEndTests : IDisposable
{
    private const int Seconds = 10, Videos = 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public Task ClipsAndSamples() => FromFileToStudioAsync(
        Colours("N", 3, 4, 24, 32), """{ "frameRate": 4 }""",
        new OnnxModel().Input("x", OnnxElement.Singles, "N", "samples").Output("y", OnnxElement.Singles, "N", 1)
            .Node("Abs", ["x"], "abs").Node("ReduceMean", ["abs"], "y", ("axes", new long[] { 1 }), ("keepdims", 1L)),
        """{ "sampleRate": 22050, "windowSeconds": 0.5, "hopSeconds": 0.25 }""");

    [Fact]
    public Task PicturesAndSpectrograms() => FromFileToStudioAsync(
        Colours("N", 3, 24, 32), "{}",
        new OnnxModel().Input("x", OnnxElement.Singles, "N", 1, 96, 64).Output("y", OnnxElement.Singles, "N", 64)
            .Node("ReduceMean", ["x"], "y", ("axes", new long[] { 1, 2 }), ("keepdims", 0L)),
        "{}");

    [Fact]
    public Task PicturesAndState() => FromFileToStudioAsync(
        Colours("N", 3, 24, 32), "{}",
        new OnnxModel().Input("x", OnnxElement.Singles, "N", 1600).Input("s", OnnxElement.Singles, "N", 1)
            .Output("y", OnnxElement.Singles, "N", 1).Output("next", OnnxElement.Singles, "N", 1)
            .Node("ReduceMax", ["x"], "peak", ("axes", new long[] { 1 }), ("keepdims", 1L)).Node("Max", ["peak", "s"], "y").Node("Identity", ["y"], "next"),
        """{ "sampleRate": 16000, "input": "x", "output": "y", "state": { "s": "next" } }""");

    private async Task FromFileToStudioAsync(OnnxModel picture, string pictureJson, OnnxModel sound, string soundJson)
    {
        string eye = Network("picture.onnx", picture, pictureJson), ear = Network("sound.onnx", sound, soundJson);
        await RunAsync("dataset", "demo", "--out", _folder.File("demo"), "--videos", $"{Videos}", "--seconds", $"{Seconds}");
        await PutRealFilmsInPlaceAsync();

        await RunAsync(
            "extract", _folder.File("demo/videos"), "--visual", $"onnx:{eye}", "--audio", $"onnx:{ear}", "--out", _folder.File("features"));
        await RunAsync(
            "train", "--train-labels", _folder.File("demo/train.csv"), "--val-labels", _folder.File("demo/val.csv"), "--features", _folder.File("features"),
            "--recipe", "demo", "--set", "train.epochs=1", "--set", "head.visual_hidden=4", "--set", "head.audio_hidden=4", "--out", _folder.File("run"));

        // The model needs the networks beside it, and no JSON.
        foreach (string network in (string[])[eye, ear])
        {
            File.Move(network, Path.Combine(_folder.File("run"), Path.GetFileName(network)));
            File.Delete(network + ".json");
        }

        string film = Directory.GetFiles(_folder.File("demo/videos")).Order(StringComparer.Ordinal).First();
        await RunAsync("predict", film, "--model", _folder.File("run/best.safetensors"), "--out", _folder.File("curves"));
        string[] curves = await File.ReadAllLinesAsync(Directory.GetFiles(_folder.File("curves"), "*.csv").Single(), TestContext.Current.CancellationToken);
        curves.Length.ShouldBeGreaterThan(Seconds);
        await UploadToStudioAsync(film);
    }

    private async Task UploadToStudioAsync(string film)
    {
        await using WebApplication app = StudioServer.Build(new StudioOptions
        {
            Port = 0,
            DataFolder = _folder.File("studio"),
            ModelFolders = [_folder.File("run")],
            DefaultModel = "run",
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient client = PatientClient.To(StudioServer.Addresses(app).First());
        JsonElement model = (await GetAsync(client, "/api/models")).EnumerateArray().Single(card => card.GetProperty("name").GetString() == "run");
        model.GetProperty("description").GetString()!.ShouldContain("features of onnx:picture.onnx and onnx:sound.onnx");

        using StreamContent content = new(File.OpenRead(film));
        using HttpResponseMessage uploaded = await client.PostAsync("/api/uploads?name=film.mp4", content, TestContext.Current.CancellationToken);
        string id = (await uploaded.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken))
            .GetProperty("id").GetString()!;
        JsonElement job;
        while ((job = (await GetAsync(client, $"/api/videos/{id}")).GetProperty("job")).GetProperty("state").GetString() is "Queued" or "Running")
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        job.GetProperty("state").GetString().ShouldBe("Done", job.GetRawText());
        JsonElement result = await GetAsync(client, $"/api/videos/{id}/result");
        result.GetProperty("model").GetString().ShouldBe("run");
        result.GetProperty("rows").GetInt32().ShouldBeGreaterThanOrEqualTo(Seconds);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    // The demo's labels, the pictures and the sound of real films.
    private async Task PutRealFilmsInPlaceAsync()
    {
        string[] clips = ["bbb_480p_30s.mp4", "sintel_trailer_52s.ogv", "tears_of_steel_battle_70s.webm"];
        foreach ((int i, string video) in Directory.GetFiles(_folder.File("demo/videos")).Order(StringComparer.Ordinal).Index())
        {
            string? clip = SourceTree.Clip(clips[i % clips.Length]);
            Assert.SkipWhen(clip is null, "The clips are not beside the repository.");
            string from = (3 + (5 * i)).ToString(CultureInfo.InvariantCulture);
            await CliWrap.Cli.Wrap("ffmpeg").WithArguments(
                [
                    "-v", "error", "-y", "-ss", from, "-t", $"{Seconds}", "-i", clip!, "-vf", "scale=160:90", "-c:v", "libx264", "-preset", "ultrafast",
                    "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "1", video,
                ]).ExecuteAsync(TestContext.Current.CancellationToken);
        }
    }

    // The mean of each colour.
    private static OnnxModel Colours(params object[] shape) => new OnnxModel().Input("x", OnnxElement.Singles, shape).Output("y", OnnxElement.Singles, "N", 3)
        .Node("ReduceMean", ["x"], "y", ("axes", Enumerable.Range(2, shape.Length - 2).Select(axis => (long)axis).ToArray()), ("keepdims", 0L));

    private string Network(string name, OnnxModel model, string json)
    {
        string path = model.Save(_folder.File(name));
        File.WriteAllText(path + ".json", json);
        return path;
    }

    private static async Task RunAsync(params string[] arguments)
    {
        CommandResult result = await CommandResult.OfAsync(arguments);
        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        await client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
}
