using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Heatmaps;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.Heatmaps;

public sealed class ReplayHeatmapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EachPartHoldsForItsTime()
    {
        string path = Info(
            "a", """{"id": "abc", "heatmap": [{"start_time": 0, "end_time": 1.5, "value": 1}, {"start_time": 1.5, "end_time": 3, "value": 0.25}]}""");

        LabelledVideo video = ReplayHeatmap.ReadFile(path, new Rate(2));

        video.VideoId.ShouldBe("abc");
        video.Curves.Scheme.Names.ShouldBe(["replayed"]);
        video.Curves.Values.ToArray().ShouldBe([1, 1, 1, 0.25f, 0.25f, 0.25f]);
    }

    [Theory]
    [InlineData("""{"id": "x", "_version": {"version": "2023.03.04"}}""", "yt-dlp 2023.03.04 does not write it yet: use 2023.06.21 or later")]
    [InlineData("""{"id": "x", "_version": {"version": "2025.01.15"}, "heatmap": null}""", "video 'x' has none")]
    [InlineData("""{"id": 5}""", "expected yt-dlp's info JSON, an object with an id")]
    [InlineData("""{"id": "a\u0000b", "heatmap": [{"start_time": 0, "end_time": 1, "value": 0}]}""", "expected yt-dlp's info JSON, an object with an id")]
    [InlineData("""{"id": "\ud800"}""", "expected yt-dlp's info JSON in Unicode")]
    [InlineData("""{"i\ud800": 1, "\ud800d": 2}""", "expected yt-dlp's info JSON in Unicode")]
    [InlineData("""{"id": "a", "heatmap": [{"start_tim\ud800": 0}]}""", "expected yt-dlp's info JSON in Unicode")]
    [InlineData("""{"id": "x", "_version": {"version": 1}}""", "video 'x' has none")]
    [InlineData("""{"id": "x", "heatmap": [{"start_time": 0, "end_time": 1e300, "value": 0}]}""", "a heatmap of at most 24 hours; it ends at 1E+300 s")]
    [InlineData("""{"title": "x"}""", "expected yt-dlp's info JSON, an object with an id")]
    [InlineData("""{"id": """, "expected yt-dlp's info JSON")]
    [InlineData("""{"id": "x", "heatmap": [{"start_time": 0, "end_time": 1, "value": 2}]}""", "part 1 of the heatmap is from 0 to 1 s with 2")]
    public void AFileWithoutAHeatmapIsListedWithTheReason(string json, string said)
    {
        Info("good", """{"id": "y", "heatmap": [{"start_time": 0, "end_time": 1, "value": 0}]}""");
        Info("bad", json);

        HeatmapReading reading = ReplayHeatmap.Read([_folder.Path], new Rate(1));

        reading.Videos.ShouldHaveSingleItem().VideoId.ShouldBe("y");
        reading.Failures.ShouldHaveSingleItem().Message.ShouldContain(said);
    }

    private string Info(string name, string json)
    {
        string path = _folder.File($"{name}.info.json");
        File.WriteAllText(path, json);
        return path;
    }
}
