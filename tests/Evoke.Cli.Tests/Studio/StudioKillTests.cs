using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
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
        string longFilm = await TestFilms.OrdinaryAsync("mkv", seconds: 400);
        string done, interrupted;
        using (RunningProgram first = await RunningProgram.StartAsync(folder.Path))
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
        (await second.Client.GetByteArrayAsync($"/api/videos/{interrupted}/curves")).Length.ShouldBe(400 * 6 * 2 * sizeof(float));
    }

    /// <summary>The built program with its own data folder; disposing kills it.</summary>
    private sealed class RunningProgram : IDisposable
    {
        private readonly Process _process;

        private RunningProgram(Process process, Uri address) => (_process, Client) = (process, new HttpClient { BaseAddress = address });

        public HttpClient Client { get; }

        public static async Task<RunningProgram> StartAsync(string folder)
        {
            ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
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

        public async Task<JsonElement> UntilAsync(string videoId, string state)
        {
            using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
            while (true)
            {
                JsonElement job = (await Client.GetFromJsonAsync<JsonElement>($"/api/videos/{videoId}", limit.Token)).GetProperty("job");
                string now = job.GetProperty("state").GetString()!;
                if (now == state)
                {
                    return job.Clone();
                }

                now.ShouldBeOneOf("Queued", "Running");
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
