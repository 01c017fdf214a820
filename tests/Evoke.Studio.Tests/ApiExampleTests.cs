using System.Collections.Immutable;
using System.Diagnostics;
using Evoke.Curves;
using Evoke.Insights.Norms;
using Evoke.Media.Probing;
using Evoke.Studio.Api;
using Evoke.Studio.Jobs;
using Evoke.Studio.Storage;
using Evoke.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Evoke.Studio.Tests;

/// <summary>Runs the examples of docs/api.md unchanged with curl, one after the other, against a real server.</summary>
public sealed class ApiExampleTests
{
    [Fact]
    public async Task EveryExampleOfThePageDoesWhatItSays()
    {
        Assert.SkipWhen(SourceTree.Root is null, "The tests run without their sources.");
        Assert.SkipWhen(!File.Exists("/usr/bin/curl"), "curl is missing: apt-get install curl.");
        string page = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "api.md"));
        FirstJobWaits gate = new();
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: gate.Of);
        File.Copy(await StudioFilms.UnplayableAsync(), Path.Combine(studio.Folder, "film.mp4"));
        File.Copy(await StudioFilms.EventfulAsync(), Path.Combine(studio.Root, "film.mp4"));
        NormFile.Write(Trailers(), Path.Combine(studio.Folder, "trailers.norms.json"));
        await File.WriteAllTextAsync(Path.Combine(studio.Folder, "ratings.csv"), FilmRatings.Table("film"));
        await EvokeProgram.RunInAsync(studio.Folder, "dataset", "import", "ratings.csv", "--out", "set");
        Examples examples = new(studio);
        string[] lines = [.. page.Split('\n').Where(line => line.StartsWith("curl ", StringComparison.Ordinal))];
        foreach (string line in lines)
        {
            await examples.RunAsync(line);
        }

        examples.Count.ShouldBe(lines.Length);
        examples.Answer("/api/status").ShouldContain("\"version\"");
        examples.Answer("/api/uploads").ShouldContain("\"name\":\"film.mp4\"");
        examples.Answer("/api/folders").ShouldContain(Path.Combine(studio.Root, "film.mp4"));
        examples.Answer("/api/events").ShouldContain("event: job");
        examples.Answer("/retry").ShouldContain("\"state\":\"Queued\"");
        examples.Answer("/summary").ShouldContain("\"norm\":\"the videos of the library\"");
        examples.Answer("/api/norms\"").ShouldContain("\"name\":\"trailers\"");
        examples.Answer("norm=file:NORM").ShouldContain("\"norm\":\"trailers\"");
        (await studio.GetAsync<NormView[]>("/api/norms")).ShouldBeEmpty();
        examples.Answer("/api/compare").ShouldContain("\"align\":\"content\"");
        new FileInfo(Path.Combine(studio.Folder, "curves.f32")).Length.ShouldBe(24 * 6 * 4 * sizeof(float));
        examples.Answer("/ratings?lag=3").ShouldContain("\"ratings.csv: 3 raters, joined by mean\"");
        examples.Answer("set/{labels.csv").ShouldContain("\"labels.csv: 3 raters, joined by mean\"");
        new FileInfo(Path.Combine(studio.Folder, "ratings.f32")).Length.ShouldBe(2 * 24 * 6 * 4 * sizeof(float));
        new FileInfo(Path.Combine(studio.Folder, "start.bin")).Length.ShouldBe(1024);
        (await File.ReadAllBytesAsync(Path.Combine(studio.Folder, "at12.jpg"))).Take(2).ShouldBe(new byte[] { 0xff, 0xd8 });
        (await MediaProbe.ProbeAsync(Path.Combine(studio.Folder, "preview.mp4"))).DurationSeconds!.Value.ShouldBe(24, 0.2);
        File.Exists(Path.Combine(studio.Folder, "evoke-export.zip")).ShouldBeTrue();
        (await File.ReadAllLinesAsync(Path.Combine(studio.Folder, "scores.csv"))).Length.ShouldBe(3);
        (await File.ReadAllTextAsync(Path.Combine(studio.Folder, "film.edl"))).ShouldStartWith("TITLE: film.mp4");
        (await studio.GetAsync<VideoView[]>("/api/videos")).ShouldHaveSingleItem().Uploaded.ShouldBeFalse("the uploaded one was deleted in the end");
    }

    private static Norm Trailers() => new()
    {
        Name = "trailers",
        Model = new ModelIdentity { Name = "affect", Curves = new EmotionScheme(["arousal", "pace", "motion", "loudness"]) },
        Videos = [new NormVideo("a", 60)],
        Measures = ImmutableSortedDictionary<string, ImmutableArray<NormValue>>.Empty,
    };

    /// <summary>The real analysis, except that the first attempt waits to be cancelled.</summary>
    private sealed class FirstJobWaits
    {
        private int _attempts;

        public IVideoAnalyzer Of(IServiceProvider services) => new Gated(ActivatorUtilities.CreateInstance<VideoAnalyzer>(services), this);

        private sealed class Gated(VideoAnalyzer real, FirstJobWaits gate) : IVideoAnalyzer
        {
            public async Task AnalyseAsync(VideoRecord video, string model, Action<JobProgress> report, CancellationToken cancellation)
            {
                if (Interlocked.Increment(ref gate._attempts) == 1)
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                }

                await real.AnalyseAsync(video, model, report, cancellation);
            }
        }
    }

    /// <summary>Runs the page's commands; only their placeholders are replaced.</summary>
    private sealed class Examples(RunningStudio studio)
    {
        private readonly List<(string Line, string Answer)> _answers = [];
        private readonly Dictionary<bool, string> _ids = [];

        public int Count => _answers.Count;

        public string Answer(string part) => _answers.First(run => run.Line.Contains(part, StringComparison.Ordinal)).Answer;

        public async Task RunAsync(string line)
        {
            await PrepareAsync(line);
            VideoView[] videos = await studio.GetAsync<VideoView[]>("/api/videos");
            // A removed video is put back by its id.
            string Id(bool uploaded) =>
                _ids[uploaded] = videos.SingleOrDefault(video => video.Uploaded == uploaded)?.Id ?? _ids.GetValueOrDefault(uploaded, "none");
            string norm = (await studio.GetAsync<NormView[]>("/api/norms")).SingleOrDefault()?.Id ?? "none";
            string filled = line.Replace("NORM", norm, StringComparison.Ordinal)
                .Replace("/videos/film.mp4", $"{studio.Root}/film.mp4", StringComparison.Ordinal)
                .Replace("path=/videos", $"path={studio.Root}", StringComparison.Ordinal)
                .Replace("OTHER", Id(false), StringComparison.Ordinal)
                .Replace("ID", Id(true), StringComparison.Ordinal);
            bool endless = line.Contains("/api/events", StringComparison.Ordinal);
            string options = endless ? "--max-time 1" : "--max-time 60";
            string server = studio.Address.GetLeftPart(UriPartial.Authority);
            (int exit, string output) = await ShellAsync($"S='{server}'; curl() {{ command curl -sS --fail-with-body {options} \"$@\"; }}; {filled}");
            exit.ShouldBe(endless ? 28 : 0, $"{line}\n{output}"); // 28: curl timed out, as expected for a stream of events that does not end
            _answers.Add((line, output));
        }

        // Waits where the page says so, and where a preview must be made before it is fetched.
        private async Task PrepareAsync(string line)
        {
            if (line.EndsWith("/preview\" -o preview.mp4", StringComparison.Ordinal))
            {
                await studio.PreviewEndAsync((await studio.GetAsync<VideoView[]>("/api/videos")).Single(video => video.Uploaded).Id);
            }

            if (line.Contains("/retry", StringComparison.Ordinal)
                || line.Contains("/api/videos", StringComparison.Ordinal) && _answers.Any(run => run.Line.Contains("/retry", StringComparison.Ordinal)))
            {
                foreach (VideoView video in await studio.GetAsync<VideoView[]>("/api/videos"))
                {
                    await studio.JobEndAsync(video.Id);
                }
            }
        }

        private async Task<(int Exit, string Output)> ShellAsync(string command)
        {
            ProcessStartInfo start = new("bash") { WorkingDirectory = studio.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(command);
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output + await errors);
        }
    }
}
