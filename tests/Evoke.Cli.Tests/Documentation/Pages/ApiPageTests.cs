using System.Net.Http.Json;
using System.Text.Json;
using Evoke.Media.Ffmpeg;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation.Pages;

/// <remarks>Films are decoded no faster than they play, so that the first job, of a long film, can still be cancelled.</remarks>
[Page("docs/api.md")]
public sealed class ApiPageTests : PageTests
{
    private static readonly string[] s_ofUpload = ["file=true", "\"file\": true", "removed/restore"];

    private RunningStudio? _studio;
    private string _uploaded = "", _first = "", _second = "", _norm = "";
    private bool _isIdle;

    public override void Dispose()
    {
        _studio?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose();
    }

    private protected override (string Printed, string Run)[] Changes =>
    [
        ("S=http://127.0.0.1:5180", ":"),
        ("/videos/film.mp4", Shell.File("videos/film.mp4")),
        ("path=/videos", "path=" + Shell.File("videos")),
        ("curl -N \"$S/api/events\"", "head -n 1 < <(curl -N \"$S/api/events\")"),
    ];

    private protected override async Task PrepareAsync()
    {
        Directory.CreateDirectory(Shell.File("videos"));
        File.Copy(await Films.LongAsync(), Shell.File("film.mp4"));
        File.Copy(await Films.ShortAsync(), Shell.File("videos/film.mp4"));
        File.Copy(await TestFilms.FlashesAndBeepsAsync(5, [2, 3]), Shell.File("videos/other.mp4"));
        string[] ratings =
        [
            .. Enumerable.Range(0, 36).Select(row => FormattableString.Invariant($"film,r{row % 3},{row / 3 / 2.0},{1 + (row % 5)},{5 - (row % 5)}")),
        ];
        await File.WriteAllLinesAsync(Shell.File("ratings.csv"), ["video,rater,seconds,arousal,pace", .. ratings], TestContext.Current.CancellationToken);
        await DoneAsync("evoke dataset import ratings.csv --range 1..5 --out set");
        await DoneAsync("evoke predict videos/*.mp4 --out curves --json");
        await DoneAsync("evoke norms make curves --out trailers.norms.json");
        string curl = (await DoneAsync("command -v curl")).Trim();
        Shell.Install("curl", $"exec {curl} --silent --show-error --fail-with-body \"$@\"");
        _studio = await RunningStudio.StartAsync(
            Shell, $"env {FfmpegPrograms.FfmpegVariable}='{EvokeProcess.RealTimeFfmpeg}' evoke studio --port 0 --root videos");
    }

    private protected override void Check() => ShouldExist("curves.f32", "at12.jpg", "start.bin", "preview.mp4", "ratings.f32");

    private protected override async Task RunAsync(string command)
    {
        // Only what was uploaded may be deleted with its file.
        bool isOfUpload = s_ofUpload.Any(text => command.Contains(text, StringComparison.Ordinal));
        string id = isOfUpload ? _uploaded : _first;
        string answer = await CurlAsync(command.Replace("ID", id, StringComparison.Ordinal).Replace("OTHER", _second, StringComparison.Ordinal)
            .Replace("NORM", _norm, StringComparison.Ordinal));
        if (command.Contains("api/uploads", StringComparison.Ordinal))
        {
            _uploaded = JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString()!;
        }
        else if (command.Contains("--data-binary @trailers", StringComparison.Ordinal))
        {
            _norm = JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString()!;
        }
        else if (command.Contains("{\"path\": ", StringComparison.Ordinal))
        {
            _first = IdOf(answer);
            _second = IdOf(await CurlAsync(command.Replace("film.mp4", "other.mp4", StringComparison.Ordinal)));
        }
        else if (command.Contains("jobs/1/retry", StringComparison.Ordinal))
        {
            // The page goes on with films that have been analysed.
            await CurlAsync($"curl -X POST \"$S/api/jobs/{JsonDocument.Parse(answer).RootElement.GetProperty("id")}/cancel\"");
            _isIdle = true;
        }

        if (_isIdle || command.Contains("jobs/1/cancel", StringComparison.Ordinal))
        {
            await UntilIdleAsync();
        }
    }

    private Task<string> CurlAsync(string line) => DoneAsync($"S={_studio!.Address.ToString().TrimEnd('/')}\n{line}");

    private async Task UntilIdleAsync()
    {
        using HttpClient client = PatientClient.To(_studio!.Address);
        while ((await client.GetFromJsonAsync<JsonElement>("api/jobs", TestContext.Current.CancellationToken)).EnumerateArray()
            .Any(job => !job.GetProperty("isOver").GetBoolean()))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static string IdOf(string answer) => JsonDocument.Parse(answer).RootElement[0].GetProperty("id").GetString()!;
}
