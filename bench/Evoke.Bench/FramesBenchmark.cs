using System.Globalization;
using System.Text.Json;
using Evoke.Studio;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;
using Evoke.Testing.Browser;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using StudioResults = Evoke.Studio.Storage.ResultTable;

namespace Evoke.Bench;

/// <summary>Studio's page in use: an hour of fifteen curves is zoomed, panned and played in a real browser, and the time of every frame is recorded.</summary>
internal sealed class FramesBenchmark : IBenchmark
{
    private const int Lasting = 4_000;
    private const double Late = 1000 / 60.0 * 1.05;

    // Recorded in the page: the time of each frame as the browser reports it, and how often the curves were drawn.
    private const string Recorder = """
        () => {
          let stamps = [], going = false, redraws = 0;
          const clear = CanvasRenderingContext2D.prototype.clearRect;
          CanvasRenderingContext2D.prototype.clearRect = function (...box) { if (this.canvas.id === 'curves') redraws++; return clear.apply(this, box); };
          const plot = document.getElementById('plot');
          let turn = 0, move = null;
          const wheel = (deltaX, deltaY) => {
            const box = plot.getBoundingClientRect();
            const [clientX, clientY] = [box.left + box.width * 0.6, box.top + box.height / 2];
            plot.dispatchEvent(new WheelEvent('wheel', { deltaX, deltaY, clientX, clientY, bubbles: true, cancelable: true }));
          };
          const moves = { rest: null, zoom: () => wheel(0, turn % 60 < 30 ? -30 : 30), pan: () => wheel(turn % 120 < 60 ? 12 : -12, 0) };
          const frame = (now) => { if (!going) return; stamps.push(now); turn++; move?.(); requestAnimationFrame(frame); };
          window.recorder = {
            start(kind) { stamps = []; redraws = turn = 0; move = moves[kind]; going = true; requestAnimationFrame(frame); },
            stop() { going = false; return { gaps: stamps.slice(1).map((stamp, i) => stamp - stamps[i]), redraws }; },
          };
        }
        """;

    public string Name => "frames";

    public string Summary => "frames per second of Studio's page: an hour of 15 curves, zoomed, panned and played in headless Chromium";

    public void Run(IReadOnlyList<string> arguments) => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        await using HeadlessChromium? chromium = await HeadlessChromium.StartAsync(whole: true);
        if (chromium is null)
        {
            Console.WriteLine(HeadlessChromium.Missing);
            return;
        }

        string folder = Directory.CreateTempSubdirectory("evoke-bench-frames-").FullName;
        WebApplication app = StudioServer.Build(new StudioOptions { Port = 0, DataFolder = folder });
        Directory.CreateDirectory(Path.Combine(folder, "uploads"));
        await LongFilm.EnterAsync(
            Path.Combine(folder, "uploads"), app.Services.GetRequiredService<VideoTable>(), app.Services.GetRequiredService<StudioResults>());
        await app.StartAsync();
        IBrowserContext context = await chromium.OpenContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync($"{StudioServer.Addresses(app).First()}#{LongFilm.Id}", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.WaitForSelectorAsync("#timeline:not([hidden])");
        await page.GetByRole(AriaRole.Button, new() { Name = "All", Exact = true }).ClickAsync();
        await page.EvaluateAsync(Recorder);
        List<string[]> rows = [["", "frames", "frames/s", "median", "p99", "longest", "late", "curves drawn"]];
        foreach (string layout in new[] { "Together", "Lanes" })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = layout, Exact = true }).ClickAsync();
            rows.AddRange(await MeasureAsync(new Hand(page), layout.ToLowerInvariant()));
        }

        Console.WriteLine($"{chromium.Version}, headless, no GPU, 1440 x 900");
        Table.Print([.. rows]);
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<IReadOnlyList<string[]>> MeasureAsync(Hand hand, string layout)
    {
        List<string[]> rows = [];
        async Task RowAsync(string what, string move) => rows.Add(Row($"{layout}, {what}", await hand.RecordAsync(move)));
        await hand.FitAsync();
        await RowAsync("zooming", "zoom");
        await hand.HalfAsync();
        await RowAsync("panning, half an hour in view", "pan");
        await hand.FitAsync();
        await hand.PlayAsync();
        await RowAsync("playing, the hour in view", "rest");
        await RowAsync("playing and zooming", "zoom");
        await hand.HalfAsync();
        await RowAsync("playing and panning", "pan");
        await hand.PauseAsync();
        return rows;
    }

    private static string[] Row(string what, JsonElement seen)
    {
        double[] gaps = [.. seen.GetProperty("gaps").EnumerateArray().Select(gap => gap.GetDouble()).Order()];
        string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms");
        return
        [
            what, gaps.Length.ToString(CultureInfo.InvariantCulture), Table.Times(1000 / gaps.Average()), Milliseconds(gaps[gaps.Length / 2]),
            Milliseconds(gaps[gaps.Length * 99 / 100]), Milliseconds(gaps[^1]), gaps.Count(gap => gap > Late).ToString(CultureInfo.InvariantCulture),
            seen.GetProperty("redraws").GetInt32().ToString(CultureInfo.InvariantCulture),
        ];
    }

    /// <summary>User actions: buttons by mouse and, at every frame, a wheel turn upwards (zooming) or sideways (panning).</summary>
    private sealed class Hand(IPage page)
    {
        public async Task<JsonElement> RecordAsync(string move)
        {
            await page.WaitForTimeoutAsync(700); // earlier actions have settled
            await page.EvaluateAsync("move => window.recorder.start(move)", move);
            await page.WaitForTimeoutAsync(Lasting);
            return (await page.EvaluateAsync("window.recorder.stop()"))!.Value;
        }

        public Task FitAsync() => page.Locator("#fit").ClickAsync();

        public async Task HalfAsync()
        {
            await FitAsync();
            await page.Locator("#zoom-in").ClickAsync();
        }

        public Task PlayAsync() => page.Locator("#play[aria-label=Play]").ClickAsync();

        public Task PauseAsync() => page.Locator("#play[aria-label=Pause]").ClickAsync();
    }
}
