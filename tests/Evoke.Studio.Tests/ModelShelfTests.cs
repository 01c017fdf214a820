using Evoke.Studio.Api;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Tests;

/// <summary>Model files come and go while Studio runs.</summary>
public sealed class ModelShelfTests
{
    [Fact]
    public async Task AModelWhoseFileWasReplacedIsReadAgainAndItsOldResultsSaySo()
    {
        string models = Directory.CreateTempSubdirectory("evoke-models-").FullName;
        TrainedModels.Write(models);
        await File.WriteAllTextAsync(Path.Combine(models, "damaged.safetensors"), "not a model", TestContext.Current.CancellationToken);
        await using (RunningStudio studio = await RunningStudio.StartAsync(options => options with { ModelFolders = [models], DefaultModel = "single" }))
        {
            (await studio.Client.GetStringAsync("/api/models")).ShouldContain("\"single\"", customMessage: "a damaged file hides no other");
            VideoView video = await studio.UploadAsync(await StudioFilms.EventfulAsync());
            (await studio.JobEndAsync(video.Id)).Error.ShouldBeNull();
            ResultView before = await studio.GetAsync<ResultView>($"/api/videos/{video.Id}/result");
            (before.HasSpread, before.ModelChanged).ShouldBe((false, false));

            File.Copy(Path.Combine(models, "ensemble.safetensors"), Path.Combine(models, "single.safetensors"), overwrite: true);
            (await studio.GetAsync<ResultView>($"/api/videos/{video.Id}/result")).ModelChanged.ShouldBeTrue();
            using HttpContent request = new StringContent("""{"model": "single"}""", System.Text.Encoding.UTF8, "application/json");
            (await studio.TryAsync(HttpMethod.Post, $"/api/videos/{video.Id}/analyses", request)).Status.ShouldBe(202);
            (await studio.JobEndAsync(video.Id)).State.ShouldBe(JobState.Done);
            ResultView after = await studio.GetAsync<ResultView>($"/api/videos/{video.Id}/result");
            (after.HasSpread, after.ModelChanged, after.Details.Model.Members).ShouldBe((true, false, 3));
        }

        Directory.Delete(models, recursive: true);
    }
}
