using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using CliWrap.Buffered;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Predict;

/// <summary><c>evoke predict --export</c>: files for other programs.</summary>
public sealed class PredictExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    /// <summary>What the files say of a film is what ffprobe says of it.</summary>
    [Fact]
    public async Task EveryFormatIsWrittenAndSaysOfTheFilmWhatFfprobeSays()
    {
        string film = _folder.File("my films/R&D cut.mov");
        Directory.CreateDirectory(Path.GetDirectoryName(film)!);
        File.Copy(await FilmAsync(), film);

        CommandResult result = await CommandResult.OfAsync(
            "predict", film, "--out", Out, "--json", "--export", "edl,markers,premiere,otio", "--export", "fcpxml,elan,eaf,chapters", "--own-timecode");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        string[] endings = [".edl", "-markers.csv", "-premiere.csv", ".otio", ".fcpxml", "-elan.txt", ".eaf", "-chapters.vtt", ".csv", ".json"];
        Directory.GetFiles(Out).Select(Path.GetFileName).Order().ShouldBe(endings.Select(ending => $"R&D cut{ending}").Order());
        JsonElement told = JsonDocument.Parse(result.Out).RootElement.GetProperty("predictions")[0].GetProperty("files");
        told.EnumerateObject().Select(file => file.Name).Order()
            .ShouldBe(["chapters", "csv", "eaf", "edl", "elan", "fcpxml", "json", "markers", "otio", "premiere"]);
        told.EnumerateObject().ShouldAllBe(file => File.Exists(file.Value.GetString()));

        JsonElement probed = await ProbeAsync(film);
        JsonElement picture = Stream(probed, "video"), sound = Stream(probed, "audio");
        int[] rate = [.. picture.GetProperty("avg_frame_rate").GetString()!.Split('/').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        XDocument project = await FcpxmlAsync("R&D cut.fcpxml");
        XElement format = project.Descendants("format").ShouldHaveSingleItem(), asset = project.Descendants("asset").ShouldHaveSingleItem();
        Of(format, "frameDuration").ShouldBe($"{rate[1]}/{rate[0]}s");
        (Of(format, "width"), Of(format, "height")).ShouldBe((Number(picture, "width"), Number(picture, "height")));
        $"{Of(format, "paspH")}:{Of(format, "paspV")}".ShouldBe(picture.GetProperty("sample_aspect_ratio").GetString());
        Of(asset, "duration").ShouldBe($"{int.Parse(Number(picture, "nb_frames"), CultureInfo.InvariantCulture) * rate[1]}/{rate[0]}s");
        (Of(asset, "audioChannels"), Of(asset, "audioRate")).ShouldBe((Number(sound, "channels"), sound.GetProperty("sample_rate").GetString()!));
        Of(asset.Element("media-rep")!, "src").ShouldBe("../my%20films/R%26D%20cut.mov");
        Of(project.Descendants("asset-clip").Single(), "tcFormat").ShouldBe("DF");

        JsonElement timeline = JsonDocument.Parse(await TextAsync("R&D cut.otio")).RootElement;
        timeline.GetProperty("global_start_time").GetProperty("rate").GetDouble().ShouldBe((double)rate[0] / rate[1]);
        timeline.GetProperty("global_start_time").GetProperty("value").GetInt64().ShouldBe(1_078_920, "10:00:00;00");
        (await TextAsync("R&D cut.edl")).ShouldContain(" 10:00:0");
        Encoding.Unicode.GetString(await File.ReadAllBytesAsync(Path.Combine(Out, "R&D cut-premiere.csv"))).ShouldContain("\t10;00;0");
        XElement media = XDocument.Parse(await TextAsync("R&D cut.eaf")).Descendants("MEDIA_DESCRIPTOR").Single();
        (Of(media, "RELATIVE_MEDIA_URL"), Of(media, "MIME_TYPE")).ShouldBe(("../my films/R&D cut.mov", "video/quicktime"));
        File.Exists(Path.Combine(Out, Of(media, "RELATIVE_MEDIA_URL"))).ShouldBeTrue();
    }

    [Fact]
    public async Task AVideoWithoutRoomForChaptersHasNoneForYouTubeAndEverythingElse()
    {
        CommandResult result = await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", Out, "--export", "youtube,edl");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        result.Error.ShouldContain("youtube is not written: YouTube shows chapters only if there are at least 3 of at least 10 s; the video has 5.5 s");
        Directory.GetFiles(Out).Select(Path.GetFileName).Order().ShouldBe(["flashes.csv", "flashes.edl"]);
        (await TextAsync("flashes.edl")).ShouldContain(" 01:00:0");
    }

    [Fact]
    public async Task SoundHasNoFrameRate()
    {
        string sound = await TestFilms.MakeAsync("tone.wav", "-f", "lavfi", "-i", "sine=duration=4");

        CommandResult result = await CommandResult.OfAsync("predict", sound, "--out", Out, "--export", "edl,eaf");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        result.Error.ShouldContain("there is no frame rate: frames in edl are counted at 25 per second");
        Of(XDocument.Parse(await TextAsync("tone.eaf")).Descendants("MEDIA_DESCRIPTOR").Single(), "MIME_TYPE").ShouldBe("audio/x-wav");
    }

    [Fact]
    public async Task OneFileHasTheOthersBesideIt()
    {
        CommandResult result = await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", _folder.File("x.csv"), "--export", "otio,markers");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order().ShouldBe(["x-markers.csv", "x.csv", "x.otio"]);
    }

    [Fact]
    public async Task TwoVideosNeverShareAFile()
    {
        foreach (string name in new[] { "clip", "clip-markers" })
        {
            File.Copy(await Films.ShortAsync(), _folder.File($"{name}.mp4"));
        }

        CommandResult result = await CommandResult.OfAsync(
            "predict", _folder.File("clip.mp4"), _folder.File("clip-markers.mp4"), "--out", Out, "--export", "markers");

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain("would both be written to 'clip-markers.csv': predict them into different folders.");
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--export takes edl, markers, premiere, otio, fcpxml, elan, eaf, youtube or chapters, separated by commas; found 'edl,avid'.",
        "--export", "edl,avid")]
    [InlineData("--own-timecode has no effect without --export.", "--own-timecode")]
    [InlineData("--own-timecode has no effect on otio, eaf.", "--export", "otio,eaf", "--own-timecode")]
    public async Task WhatCannotBeIsSaid(string message, params string[] options)
    {
        CommandResult result = await CommandResult.OfAsync(["predict", await Films.ShortAsync(), "--out", Out, .. options]);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(message);
        Directory.Exists(Out).ShouldBeFalse();
    }

    // 150 frames at 30000/1001 with pixels that are not square.
    private static Task<string> FilmAsync() => TestFilms.MakeAsync(
        "ntsc.mov", "-f", "lavfi", "-i", "testsrc2=size=360x240:rate=30000/1001,setsar=8/9", "-f", "lavfi", "-i", "sine=sample_rate=48000",
        "-frames:v", "150", "-t", "5.005", "-c:v", "libx264", "-c:a", "aac", "-ac", "2", "-timecode", "10:00:00;00");

    private static async Task<JsonElement> ProbeAsync(string film)
    {
        BufferedCommandResult probed = await CliWrap.Cli.Wrap("ffprobe").WithArguments(["-v", "error", "-of", "json", "-show_streams", film])
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return JsonDocument.Parse(probed.StandardOutput).RootElement;
    }

    private static JsonElement Stream(JsonElement probed, string kind) =>
        probed.GetProperty("streams").EnumerateArray().First(stream => stream.GetProperty("codec_type").GetString() == kind);

    private static string Number(JsonElement stream, string name) => stream.GetProperty(name).ToString();

    private static string Of(XElement element, string name) => element.Attribute(name)?.Value ?? "";

    private Task<string> TextAsync(string name) => File.ReadAllTextAsync(Path.Combine(Out, name), TestContext.Current.CancellationToken);

    private async Task<XDocument> FcpxmlAsync(string name)
    {
        using StringReader text = new(await TextAsync(name));
        using XmlReader reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
