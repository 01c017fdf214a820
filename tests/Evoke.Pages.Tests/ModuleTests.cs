using System.Text.Json;
using Evoke.Curves.Export.Markers;
using Evoke.Testing.Browser;
using Microsoft.Playwright;

namespace Evoke.Pages.Tests;

/// <summary>Tests the modules that draw curves, each separately, in a browser.</summary>
public sealed class ModuleTests(SharedChromium chromium)
{
    [Theory]
    [InlineData(0, 0, "0:00")]
    [InlineData(-1, 0, "0:00")]
    [InlineData(9.99, 0, "0:09")]
    [InlineData(59.4, 0, "0:59")]
    [InlineData(59.6, 0, "0:59")]
    [InlineData(59.96, 1, "0:59.9")]
    [InlineData(59.99999999, 1, "1:00.0")]
    [InlineData(60, 1, "1:00.0")]
    [InlineData(839.7, 0, "13:59")]
    [InlineData(839.97, 1, "13:59.9")]
    [InlineData(3599.5, 0, "59:59")]
    [InlineData(3599.99, 1, "59:59.9")]
    [InlineData(3600, 0, "1:00:00")]
    [InlineData(7199.96, 1, "1:59:59.9")]
    [InlineData(36061, 2, "10:01:01.00")]
    [InlineData(4.35, 2, "0:04.35")]
    [InlineData(0.7, 1, "0:00.7")]
    public async Task AClockNeverShowsATimeThatIsNotReached(double seconds, int digits, string shown) =>
        (await RunAsync("import { clock } from './curves/clock.js';", "([seconds, digits]) => clock(seconds, digits)", new[] { seconds, digits }))
        .GetString().ShouldBe(shown);

    [Fact]
    public async Task TimecodesAreThoseOfTheExports()
    {
        double?[] rates = [null, 12.5, 23.976, 24, 25, 29.97, 30, 59.94, 60];
        double[] times = [0, 0.04, 1, 59.95, 60.06, 119.99, 600.6, 3599.99, 86_400.5];
        (double? Rate, double Time)[] cases = [.. rates.SelectMany(_ => times, (rate, time) => (rate, time))];
        JsonElement shown = await RunAsync(
            "import { timecode } from './curves/timecode.js';", "(cases) => cases.map(([rate, time]) => timecode(time, rate))",
            cases.Select(one => new object?[] { one.Rate, one.Time }).ToArray());
        shown.EnumerateArray().Select(value => value.GetString()).ShouldBe(cases.Select(one => Timecode.For(one.Rate).At(one.Time)));
    }

    [Fact]
    public async Task AMomentNeverBeginsAndEndsAtTheSameShownTime()
    {
        double[][] spans = [[70, 75.5], [70.2, 70.9], [70, 70], [59.9, 60]];
        JsonElement shown = await RunAsync(
            "import { spanText } from './curves/moments.js';",
            "(spans) => spans.map(([startSeconds, endSeconds]) => spanText({ startSeconds, endSeconds }))", spans);
        shown.EnumerateArray().Select(value => value.GetString()).ShouldBe(["1:10 – 1:15", "1:10.2 – 1:10.9", "", "0:59 – 1:00"]);
    }

    [Fact]
    public async Task SmallValuesHaveTheDecimalsTheyNeedAndAFlatCurveIsNotStretchedToADrama()
    {
        const string Shown = """
            () => {
              const columns = [[0.001245, 0.001255], [0.331, 0.349], [0.1, 0.8]].map((values) => Float32Array.from(values));
              const curves = new Curves({ scheme: ['a', 'b', 'c'], styles: [], rate: 1, rows: 2, duration: 2, columns, spread: null });
              const digits = [0.8, 0.02, 0.0012, 0, -9].map((value) => digitsFor(value));
              const texts = [number(-0.25, 2), signed(-0.25, 2), signed(0.25, 2), number(NaN)];
              return [...curves.ranges.map(rangeText), digits.join(), ...texts, curves.strongest().join()];
            }
            """;
        JsonElement seen = await RunAsync(
            "import { Curves } from './curves/curves.js';\nimport { digitsFor, number, rangeText, signed } from './curves/number.js';", Shown);
        seen.EnumerateArray().Select(value => value.GetString())
            .ShouldBe(["0.000 – 0.010", "0.331 – 0.349", "0.10 – 0.80", "3,3,4,3,3", "−0.25", "−0.25", "+0.25", "–", "2,1,0"]);
    }

    [Fact]
    public async Task GapsAreLeftOutOfMeansAndExtremesAndHaveNoValue()
    {
        const string Of = """
            () => {
              const columns = [Float32Array.of(1, NaN, NaN, 4, 5, 0)];
              const curves = new Curves({ scheme: ['a'], styles: [], rate: 1, rows: 6, duration: 6, columns, spread: null });
              const values = [
                curves.mean(0, 0, 4), curves.mean(0, 1, 3), ...curves.extremes(0, 0, 5),
                curves.at(0, 0), curves.at(0, 0.5), curves.at(0, 3), curves.at(0, 3.5), ...curves.ranges[0],
              ];
              return values.map(String);
            }
            """;
        JsonElement seen = await RunAsync("import { Curves } from './curves/curves.js';", Of);
        seen.EnumerateArray().Select(value => value.GetString()).ShouldBe(["2.5", "NaN", "0", "5", "1", "NaN", "4", "4.5", "0", "5"]);
    }

    [Fact]
    public async Task ALineIsBrokenWhereThereIsAGap()
    {
        const string Drawn = """
            () => {
              const canvas = document.createElement('canvas');
              canvas.width = 100; canvas.height = 20;
              const context = canvas.getContext('2d');
              const columns = [Float32Array.from({ length: 11 }, (_, i) => i > 3 && i < 7 ? NaN : 0.5)];
              const curves = new Curves({ scheme: ['a'], styles: [], rate: 1, rows: 11, duration: 11, columns, spread: null });
              curve(context, new Frame({ from: 0, to: 10 }, 100, 20), { emotion: 0, range: [0, 1], top: 0, bottom: 20 }, curves, { color: '#000', fill: true });
              const inked = (x) => [...context.getImageData(x, 0, 1, 20).data].some((value) => value > 0);
              return [15, 35, 50, 65, 75].map(inked).map(Number).join('');
            }
            """;
        JsonElement seen = await RunAsync(
            "import { Curves } from './curves/curves.js';\nimport { Frame } from './curves/frame.js';\nimport { curve } from './curves/plot.js';", Drawn);
        seen.GetString().ShouldBe("10001");
    }

    [Fact]
    public async Task CurvesHaveOneScaleOnlyIfItsRangeAndUnitAreTheSame()
    {
        const string Of = """
            () => {
              const columns = [[0, 1], [0, 1], [1, 9]].map((values) => Float32Array.from(values));
              const parts = { scheme: ['a', 'b', 'c'], styles: [], rate: 1, rows: 2, duration: 2, columns, spread: null };
              const points = { low: 1, high: 9, unit: 'points' };
              const mixed = new Curves({ ...parts, scales: [{ low: 0, high: 1, unit: '' }, { low: 0, high: 1, unit: '' }, points] });
              const common = (curves, list) => JSON.stringify(curves.commonScale(list));
              return [common(new Curves(parts), [0, 1, 2]), common(mixed, [0, 1]), common(mixed, [0, 2]), common(mixed, [2]), common(mixed, [])];
            }
            """;
        JsonElement seen = await RunAsync("import { Curves } from './curves/curves.js';", Of);
        const string Plain = """{"low":0,"high":1,"unit":""}""";
        seen.EnumerateArray().Select(value => value.GetString()).ShouldBe([Plain, Plain, "null", """{"low":1,"high":9,"unit":"points"}""", "null"]);
    }

    private async Task<JsonElement> RunAsync(string imports, string function, object? argument = null)
    {
        string script = ModuleBundle.Of("test.js", name => name == "test.js" ? $"{imports}\nwindow.test = {function};\n" : PageFiles.Text(name));
        HeadlessChromium browser = await chromium.BrowserOrSkipAsync();
        await using IBrowserContext context = await browser.OpenContextAsync(new() { Offline = true });
        IPage page = await context.NewPageAsync();
        await page.AddScriptTagAsync(new() { Content = script });
        return (await page.EvaluateAsync("argument => window.test(argument)", argument))!.Value;
    }
}
