using System.Text;
using System.Text.Json;
using Evoke.Curves.Export.Programs;
using Evoke.Studio.Api;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Tests;

/// <summary>Studio exports the same bytes as <c>evoke predict</c> writes for the same video and model.</summary>
public sealed class SameDocumentTests
{
    private static readonly string[] Formats = ["csv", "json", "vtt", "html", .. ProgramFormats.All.Select(format => format.Name)];

    [Theory]
    [InlineData("affect")]
    [InlineData("single")]
    [InlineData("ensemble")]
    [InlineData("signed")]
    public async Task StudioAndTheCommandLineWriteTheSameBytes(string model)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(options =>
        {
            string models = Path.Combine(options.DataFolder, "models");
            TrainedModels.Write(models);
            TrainedModels.WriteSigned(models);
            return options with { ModelFolders = [models] };
        });
        string film = Path.Combine(studio.Root, "my cut.mp4");
        File.Copy(await StudioFilms.EventfulAsync(seconds: 12), film);
        string folder = Path.Combine(studio.Folder, "predicted");
        Directory.CreateDirectory(folder);
        string beside = Path.Combine(folder, "my cut.mp4"); // what refers to the video takes it to be in the same folder
        File.Copy(film, beside);
        string uploaded = (await studio.UploadAsync(film)).Id;
        string added = (await studio.AddAsync(film)).Single().Id;
        string named = model == "affect" ? model : Path.Combine(studio.Data, "models", $"{model}.safetensors");
        string programs = string.Join(',', ProgramFormats.All.Select(format => format.Name));
        await EvokeProgram.RunAsync("predict", beside, "--model", named, "--out", folder, "--json", "--vtt", "--html", "--export", programs);
        string Predicted(string format) => Path.Combine(folder, $"my cut{ProgramFormats.Find(format)?.Ending ?? $".{format}"}");
        Dictionary<string, byte[]> expected = Formats.Where(format => File.Exists(Predicted(format)))
            .ToDictionary(format => format, format => File.ReadAllBytes(Predicted(format)));
        Formats.Except(expected.Keys).ShouldBe(["youtube"], "the film is too short");

        foreach (string video in new[] { uploaded, added })
        {
            await AnalyseAsync(studio, video, model);
            foreach (string format in expected.Keys)
            {
                byte[] exported = await studio.Client.GetByteArrayAsync(
                    $"/api/videos/{video}/export/{format}?model={model}", TestContext.Current.CancellationToken);
                exported.SequenceEqual(expected[format]).ShouldBeTrue($"{format} of {model}: {FirstDifference(expected[format], exported)}");
            }
        }

        (await studio.TryAsync(HttpMethod.Get, $"/api/videos/{uploaded}/export/youtube?model={model}")).ShouldBe((422,
            "youtube cannot be written: YouTube shows chapters only if there are at least 3 of at least 10 s; the video has 12 s."));
        (int status, string detail) = await studio.TryAsync(HttpMethod.Get, $"/api/videos/{uploaded}/export/scheme?model={model}");
        string scheme = Path.Combine(folder, "my cut.scheme.json");
        (status, detail).ShouldBe(model == "signed"
            ? (200, await File.ReadAllTextAsync(scheme, TestContext.Current.CancellationToken))
            : (404, "The CSV file of this result needs no scheme: its curves are from 0 to 1, as without one."));
        File.Exists(scheme).ShouldBe(model == "signed");
        string view = await studio.Client.GetStringAsync($"/api/videos/{uploaded}/result?model={model}", TestContext.Current.CancellationToken);
        JsonDocument.Parse(view).RootElement.GetProperty("ranges")[0].GetProperty("low").GetDouble().ShouldBe(model == "signed" ? -1 : 0);
        JsonDocument.Parse(view).RootElement.GetProperty("needsScheme").GetBoolean().ShouldBe(model == "signed");
        JsonElement document = JsonDocument.Parse(expected["json"]).RootElement;
        document.GetProperty("moments").EnumerateArray().ShouldAllBe(moment => moment.GetProperty("strength").GetDouble() > 0);
        document.GetProperty("model").GetProperty("encoders").GetArrayLength().ShouldBe(2);
    }

    private static async Task AnalyseAsync(RunningStudio studio, string video, string model)
    {
        await studio.JobEndAsync(video);
        (int status, string detail) = await studio.TryAsync(
            HttpMethod.Post, $"/api/videos/{video}/analyses", System.Net.Http.Json.JsonContent.Create(new AnalyseRequest(model)));
        status.ShouldBeLessThan(300, detail);
        JobRecord job = await studio.UntilAsync(video, view => view.Job, newest => newest.IsOver && newest.Model == model);
        job.Error.ShouldBeNull();
    }

    private static string FirstDifference(byte[] expected, byte[] found)
    {
        int at = expected.AsSpan().CommonPrefixLength(found);
        static string Around(byte[] bytes, int at) => Encoding.UTF8.GetString(bytes.AsSpan(Math.Max(0, at - 60)..Math.Min(bytes.Length, at + 60)));
        return $"at byte {at}, '{Around(expected, at)}' became '{Around(found, at)}'";
    }
}
