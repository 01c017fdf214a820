using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Evoke.Media.Ffmpeg;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Studio;

/// <summary>The server is killed in the middle of a job, as a power cut would, and started again.</summary>
public sealed class StudioKillTests
{
    [Fact]
    public async Task AJobThatASigkillInterruptedIsDoneAfterTheNextStartAndTheDoneOneIsNotDoneAgain()
    {
        using TemporaryFolder folder = new();
        string shortFilm = await TestFilms.OrdinaryAsync(seconds: 5);
        string longFilm = await TestFilms.OrdinaryAsync("mkv", seconds: 60);
        string done, interrupted;
        using (RunningProgram first = await RunningProgram.StartAsync(folder.Path, inRealTime: true))
        {
            done = await first.UploadAsync(shortFilm);
            await first.UntilAsync(done, "Done");
            interrupted = await first.UploadAsync(longFilm);
            await first.UntilAsync(interrupted, "Running");
        }

        using RunningProgram second = await RunningProgram.StartAsync(folder.Path);
        JsonElement job = await second.UntilAsync(interrupted, "Done");
        job.GetProperty("attempts").GetInt32().ShouldBe(2);
        (await second.UntilAsync(done, "Done")).GetProperty("attempts").GetInt32().ShouldBe(1);
        (await second.Client.GetByteArrayAsync($"/api/videos/{interrupted}/curves")).Length.ShouldBe(60 * 6 * 4 * sizeof(float));
    }

    [Fact(Explicit = true)] // half a minute of two cores: `./test.sh --full`
    public async Task AJobThatIsKilledAtSeveralPointsEndsInTheBytesOfOneThatWasNot()
    {
        using TemporaryFolder folder = new();
        string film = await TestFilms.OrdinaryAsync("mkv", seconds: 10), id;
        byte[] whole;
        using (RunningProgram undisturbed = await RunningProgram.StartAsync(folder.File("whole")))
        {
            id = await undisturbed.UploadAsync(film);
            await undisturbed.UntilAsync(id, "Done");
            whole = await undisturbed.Client.GetByteArrayAsync($"/api/videos/{id}/curves");
        }

        using (RunningProgram first = await RunningProgram.StartAsync(folder.File("killed"), inRealTime: true))
        {
            id = await first.UploadAsync(film); // and killed before, or while, it is read
        }

        int kills = 1;
        foreach (double progress in new[] { 0.3, 0.7 })
        {
            using RunningProgram next = await RunningProgram.StartAsync(folder.File("killed"), inRealTime: true);
            JsonElement seen = await next.UntilAsync(id, job => IsDone(job) || job.GetProperty("progress").GetDouble() >= progress);
            kills += IsDone(seen) ? 0 : 1;
        }

        using RunningProgram last = await RunningProgram.StartAsync(folder.File("killed"));
        await last.UntilAsync(id, "Done");
        (await last.Client.GetByteArrayAsync($"/api/videos/{id}/curves")).ShouldBe(whole);
        kills.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task AJobThatEndsTheProcessThreeTimesAtTheSamePointIsGivenUpAndCanBeTriedAgain()
    {
        using TemporaryFolder folder = new();
        string id = "";
        for (int i = 0; i < 3; i++)
        {
            using RunningProgram studio = await RunningProgram.StartAsync(folder.Path, inRealTime: true);
            id = i == 0 ? await studio.UploadAsync(await Films.LongAsync()) : id;
            await studio.UntilAsync(id, job => job.GetProperty("stage").GetString() == "features");
        }

        using RunningProgram last = await RunningProgram.StartAsync(folder.Path, inRealTime: true);
        JsonElement givenUp = await last.UntilAsync(id, _ => true);
        givenUp.GetProperty("state").GetString().ShouldBe("Failed");
        givenUp.GetProperty("error").GetString()!.ShouldStartWith("Given up: Studio ended 3 times in a row at this point of the analysis (features, ");
        givenUp.GetProperty("attempts").GetInt32().ShouldBe(3);
        using HttpResponseMessage again = await last.Client.PostAsync($"/api/jobs/{givenUp.GetProperty("id").GetInt64()}/retry", content: null);
        again.EnsureSuccessStatusCode();
        await last.UntilAsync(id, "Running");
    }

    private static bool IsDone(JsonElement job) => job.GetProperty("state").GetString() == "Done";

    /// <summary>The built program with its own data folder; disposing kills it.</summary>
    private sealed class RunningProgram : IDisposable
    {
        private readonly Process _process;

        private RunningProgram(Process process, Uri address) => (_process, Client) = (process, PatientClient.To(address));

        public HttpClient Client { get; }

        public static async Task<RunningProgram> StartAsync(string folder, bool inRealTime = false)
        {
            ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            if (inRealTime)
            {
                start.Environment[FfmpegPrograms.FfmpegVariable] = EvokeProcess.RealTimeFfmpeg;
            }

            foreach (string argument in new[] { CommandResult.Program, "studio", "--port", "0", "--data", folder })
            {
                start.ArgumentList.Add(argument);
            }

            Process process = Process.Start(start)!;
            string? line = await process.StandardOutput.ReadLineAsync();
            line.ShouldNotBeNull(await ErrorAsync(process, line));
            return new RunningProgram(process, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]));
        }

        public async Task<string> UploadAsync(string film)
        {
            await using FileStream stream = File.OpenRead(film);
            using StreamContent content = new(stream);
            using HttpResponseMessage answer = await Client.PostAsync($"/api/uploads?name={Path.GetFileName(film)}", content);
            return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        }

        public Task<JsonElement> UntilAsync(string videoId, string state) => UntilAsync(videoId, job =>
        {
            string now = job.GetProperty("state").GetString()!;
            now.ShouldBeOneOf("Queued", "Running", state);
            return now == state;
        });

        public async Task<JsonElement> UntilAsync(string videoId, Func<JsonElement, bool> wanted)
        {
            using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
            while (true)
            {
                JsonElement job = (await Client.GetFromJsonAsync<JsonElement>($"/api/videos/{videoId}", limit.Token)).GetProperty("job");
                if (wanted(job))
                {
                    return job.Clone();
                }

                await Task.Delay(10, limit.Token);
            }
        }

        public void Dispose()
        {
            Client.Dispose();
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
        }

        private static async Task<string> ErrorAsync(Process process, string? line) => line is null ? await process.StandardError.ReadToEndAsync() : "";
    }
}
