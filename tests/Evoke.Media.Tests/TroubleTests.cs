using Evoke.Media.Ffmpeg;
using Evoke.Media.Previews;
using Evoke.Media.Probing;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>Files and programs that fail: each cause has its own error, and nothing is left behind.</summary>
public sealed class TroubleTests
{
    private static readonly MediaReadOptions Both = new() { Frames = new FrameSpec { Width = 32, Height = 24, Rate = 2 }, Waveform = true };

    [Fact]
    public Task AMissingFile() => FailsAsync<MediaFileMissingException>("/nowhere/at all.mp4", "no such file");

    [Fact]
    public Task AFolder() => FailsAsync<MediaFileIsFolderException>(Path.GetTempPath(), "folder");

    [Fact]
    public Task AnEmptyFile() => FailsAsync<MediaFileEmptyException>(FileOf("empty.mp4", ""), "empty");

    [Theory]
    [InlineData("text.mp4", "It was a dark and stormy night; the rain fell in torrents, except at occasional intervals.")]
    [InlineData("text.txt", "It was a dark and stormy night.")]
    [InlineData("page.html", "<!DOCTYPE html><html><body>no film</body></html>")]
    [InlineData("zeros.mkv", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public Task ATextFile(string name, string text) => FailsAsync<MediaFormatException>(FileOf(name, text), name);

    [Theory]
    [InlineData("list.mp4", "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nSECRET\n#EXT-X-ENDLIST\n")]
    [InlineData("list.m3u8", "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nSECRET\n#EXT-X-ENDLIST\n")]
    [InlineData("list.mp4", "ffconcat version 1.0\nfile SECRET\n")]
    [InlineData(
        "list.mpd",
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" mediaPresentationDuration=\"PT3S\"><Period>"
        + "<AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>SECRET</BaseURL>"
        + "</Representation></AdaptationSet></Period></MPD>")]
    [InlineData("list.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5000 RTP/AVP 96\na=rtpmap:96 H264/90000\n")]
    [InlineData("script.avs", "Version()")]
    public async Task APlaylistOpensNoOtherFile(string name, string text)
    {
        string secret = await TestFilms.OrdinaryAsync("ts", 3);
        string path = FileOf(name, text.Replace("SECRET", secret, StringComparison.Ordinal));
        await FailsAsync<MediaFormatException>(path, name);

        // Not the probe alone: nor does ffmpeg, if somebody says that the file is a film.
        MediaInfo lie = (await MediaProbe.ProbeAsync(secret, TestContext.Current.CancellationToken)) with { Path = path };
        await using MediaReader reader = MediaReader.Open(lie, Both);
        await Should.ThrowAsync<FfmpegFailedException>(() => DrainAsync(reader));
    }

    [Theory]
    [InlineData(
        "list.mp4", "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\na.ts\n#EXT-X-ENDLIST\n",
        "a playlist (HLS, m3u8) that names other files")]
    [InlineData("songs.m3u8", "#EXTM3U\na.mp4\nb.mp4\n", "a playlist (m3u) that names other files")]
    [InlineData("list.pls", "[playlist]\nFile1=a.mp4\nNumberOfEntries=1\n", "Expected a video or sound file")] // taken for song words by ffmpeg
    [InlineData("list.xspf", "<?xml version=\"1.0\"?>\n<playlist version=\"1\"/>", "a playlist (xspf) that names other files")]
    [InlineData("list.mpd", "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"/>", "a playlist (mpd) that names other files")]
    [InlineData("list.ffconcat", "ffconcat version 1.0\nfile a.mp4\n", "a list for ffmpeg (ffconcat) that names other files")]
    [InlineData("script.avs", "AviSource(\"a.avi\")\n", "a script (avisynth) that names other files")]
    [InlineData("script.vpy", "import vapoursynth as vs\n", "a script (vapoursynth) that names other files")]
    [InlineData(
        "stream.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5000 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
        "describes a network stream")]
    public async Task WhatIsRefusedIsSaidInWordsWithoutTheListOfAllFormats(string name, string text, string words)
    {
        MediaFormatException refusal = await Should.ThrowAsync<MediaFormatException>(() =>
            MediaProbe.ProbeAsync(FileOf(name, text), TestContext.Current.CancellationToken));
        refusal.Message.ShouldContain(words);
        refusal.Message.ShouldContain(name);
        refusal.Message.ShouldNotContain("whitelist");
        refusal.Message.ShouldNotContain("matroska");
    }

    [Fact]
    public async Task ASingleImageIsNotAFilm()
    {
        string image = await TestFilms.MakeAsync("image.png", "-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", "1");
        await FailsAsync<MediaFormatException>(image, "it is a still image (png)");
    }

    [Fact]
    public async Task AFileWithoutPictureAndSound()
    {
        string subtitles = FileOf("words.srt", "1\n00:00:00,000 --> 00:00:01,000\nHello\n");
        string path = await TestFilms.MakeAsync("words.mkv", "-i", subtitles, "-c", "copy");
        await FailsAsync<MediaHasNoStreamsException>(path, "neither picture nor sound");
    }

    [Fact]
    public Task AMissingProgram() =>
        FailsAsync<FfmpegMissingException>(
            FileOf("some.mp4", "x"), "apt-get install ffmpeg",
            Both with { Programs = new FfmpegPrograms { Ffmpeg = "no-such-ffmpeg", Ffprobe = "no-such-ffprobe" } });

    [Fact]
    public async Task AMissingFfmpegBesideAnFfprobe()
    {
        string film = await TestFilms.OrdinaryAsync();
        await FailsAsync<FfmpegMissingException>(film, "no-such-ffmpeg", Both with { Programs = new FfmpegPrograms { Ffmpeg = "no-such-ffmpeg" } });
    }

    [Fact]
    public async Task AProbeThatHangsIsEnded()
    {
        FfmpegPrograms programs = new() { Ffprobe = Script("hang", Sleep(600)) };
        FfmpegStalledException error = await FailsAsync<FfmpegStalledException>(
            await TestFilms.OrdinaryAsync(), "produced no output for 0.3 s", Both with { Programs = programs, StallTimeout = TimeSpan.FromSeconds(0.3) });
        error.Message.ShouldContain("ordinary.mp4");
        Running(Sleep(600)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ADecoderThatHangsIsEnded()
    {
        FfmpegPrograms programs = new() { Ffmpeg = Script("hang", Sleep(601)) };
        await FailsAsync<FfmpegStalledException>(
            await TestFilms.OrdinaryAsync(), "produced no output", Both with { Programs = programs, StallTimeout = TimeSpan.FromSeconds(1) });
        Running(Sleep(601)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ADecoderThatHangsHalfWayIsEndedAndWhatItGaveIsKept()
    {
        string film = await TestFilms.OrdinaryAsync("mp4", 60);
        FfmpegPrograms programs = new() { Ffmpeg = Script("half", "ffmpeg \"$@\" | head -c 300000; " + Sleep(602)) };
        await using MediaReader reader = await MediaReader.OpenAsync(
            film, Both with { Programs = programs, StallTimeout = TimeSpan.FromSeconds(8) }, TestContext.Current.CancellationToken);
        int chunks = 0;
        await Should.ThrowAsync<FfmpegStalledException>(async () =>
        {
            await foreach (MediaChunk chunk in reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                chunks++;
            }
        });
        chunks.ShouldBeGreaterThan(3);
        Running(Sleep(602)).ShouldBeEmpty();
        Should.Throw<InvalidOperationException>(() => reader.Summary);
    }

    [Fact]
    public async Task ADecoderThatCrashesSaysSo()
    {
        FfmpegPrograms programs = new() { Ffmpeg = Script("crash", "ffmpeg \"$@\" | head -c 300000; echo 'illegal thing' >&2; kill -SEGV $$") };
        FfmpegFailedException error = await FailsAsync<FfmpegFailedException>(
            await TestFilms.OrdinaryAsync("mp4", 60), "crashed (signal 11)", Both with { Programs = programs });
        error.ExitCode.ShouldBe(139);
        error.Message.ShouldContain("illegal thing");
    }

    [Fact]
    public async Task ADecoderThatRefusesSaysWhy()
    {
        FfmpegPrograms programs = new() { Ffmpeg = Script("refuse", "echo 'out of cheese' >&2; exit 3") };
        await FailsAsync<FfmpegFailedException>(await TestFilms.OrdinaryAsync(), "failed (exit code 3): out of cheese", Both with { Programs = programs });
    }

    [Fact]
    public async Task SomethingElseThanFfmpegIsFound()
    {
        FfmpegPrograms programs = new() { Ffmpeg = Script("other", "echo 'usage: some other program that has this name, with a long explanation'") };
        await FailsAsync<FfmpegFailedException>(await TestFilms.OrdinaryAsync(), "not NUT", Both with { Programs = programs });
    }

    [Fact]
    public async Task AnFfmpegThatSendsFramesOfAnotherSizeIsEnded()
    {
        string body = "for a in \"$@\"; do a=$(printf %s \"$a\" | sed s/scale=32:24/scale=16:12/); set -- \"$@\" \"$a\"; shift; done; exec ffmpeg \"$@\"";
        FfmpegPrograms programs = new() { Ffmpeg = Script("small", body) };
        await FailsAsync<FfmpegFailedException>(await TestFilms.OrdinaryAsync(), "a frame of 576 bytes; expected 2304", Both with { Programs = programs });
    }

    [Fact]
    public async Task AnFfmpegThatGoesOnWithNonsenseIsEnded()
    {
        FfmpegPrograms programs = new() { Ffmpeg = Script("nonsense", "ffmpeg \"$@\" | head -c 20000; exec yes nonsense") };
        await FailsAsync<FfmpegFailedException>(
            await TestFilms.OrdinaryAsync("mp4", 60), "ended without the expected output", Both with { Programs = programs });
    }

    [Fact]
    public async Task AProgramThatIsNotFfmpegAndWaitsIsEndedAtOnce()
    {
        FfmpegPrograms programs = new() { Ffmpeg = Script("waits", "echo hello; exec " + Sleep(606)) };
        await FailsAsync<FfmpegFailedException>(
            await TestFilms.OrdinaryAsync(), "not NUT", Both with { Programs = programs, StallTimeout = TimeSpan.FromHours(1) });
        Running(Sleep(606)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mov")]
    [InlineData("mkv")]
    public async Task ATruncatedFileGivesWhatThereIsAndSaysUpToWhere(string extension)
    {
        string path = await TestFilms.TruncatedAsync(extension, 0.5, 20);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 2);
        double seconds = film.Summary.PictureSeconds!.Value;
        seconds.ShouldBeInRange(6, 14);
        film.Frames.Count.ShouldBe((int)Math.Ceiling((seconds - 1e-5) * 2));
        film.Summary.SoundSeconds!.Value.ShouldBe(seconds, 1.5);
        film.Summary.Warnings.ShouldContain(w => w.Contains("ends early, at ") && w.Contains(" s of 20.0 s"), string.Join(" | ", film.Summary.Warnings));
    }

    [Theory]
    [InlineData("ts")]
    [InlineData("avi")]
    public async Task WhereTheContainerDoesNotSayHowLongItIsATruncatedFileIsAShorterFilm(string extension)
    {
        string path = await TestFilms.TruncatedAsync(extension, 0.5, 20);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 2);
        film.Summary.PictureSeconds!.Value.ShouldBeInRange(6, 14);
        film.Frames.Count.ShouldBeInRange(12, 28);
    }

    [Fact]
    public async Task AFilmWhoseIndexWasCutOffSaysSo()
    {
        string whole = await TestFilms.MakeAsync(
            "indexlast.mp4", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=3", "-c:v", "libx264", "-preset", "ultrafast");
        byte[] bytes = await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken);
        string cut = Temporary("cut.mp4");
        await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
        await FailsAsync<MediaFormatException>(cut, "moov atom not found");
    }

    [Fact]
    public async Task DamageInTheMiddleIsReadOverAndSaid()
    {
        byte[] bytes = await File.ReadAllBytesAsync(await TestFilms.OrdinaryAsync("ts", 10), TestContext.Current.CancellationToken);
        new Random(1).NextBytes(bytes.AsSpan(bytes.Length * 4 / 10, bytes.Length / 10));
        string path = Temporary("damaged.ts");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 2);
        film.Frames.Count.ShouldBe(20);
        film.Summary.Warnings.ShouldContain("ffmpeg reported errors while decoding");
        film.Summary.DecoderSaid.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("-i.mp4")]
    [InlineData("a:b.mp4")]
    [InlineData("%03d.mp4")]
    [InlineData("http:__x [1] 'q' \"d\" ?*.mp4")]
    [InlineData("größe 映画.mp4")]
    [InlineData("new\nline.mp4")]
    public async Task AnyNameIsSafe(string name)
    {
        string path = Temporary(name);
        File.Copy(await TestFilms.OrdinaryAsync(), path);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 2);
        film.Frames.Count.ShouldBe(6);
        (await Thumbnails.TakeAsync(film.Info, [1], 32, cancellationToken: TestContext.Current.CancellationToken)).Single().Length.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task CancellationEndsTheDecoderAtOnce()
    {
        string film = await TestFilms.OrdinaryAsync("mp4", 60);
        FfmpegPrograms programs = new() { Ffmpeg = Script("half", "ffmpeg \"$@\" | head -c 300000; " + Sleep(603)) };
        await using MediaReader reader = await MediaReader.OpenAsync(film, Both with { Programs = programs }, TestContext.Current.CancellationToken);
        using CancellationTokenSource cancellation = new();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (MediaChunk chunk in reader.ReadAsync(cancellation.Token))
            {
                if (chunk is WaveformChunk)
                {
                    await cancellation.CancelAsync();
                }
            }
        });
        Running(Sleep(603)).ShouldBeEmpty();
        await NoZombieStaysAsync();
    }

    [Fact]
    public async Task LeavingTheLoopEndsTheDecoder()
    {
        string film = await TestFilms.OrdinaryAsync("mp4", 60);
        FfmpegPrograms programs = new() { Ffmpeg = Script("half", "ffmpeg \"$@\" | head -c 300000; " + Sleep(604)) };
        await using MediaReader reader = await MediaReader.OpenAsync(film, Both with { Programs = programs }, TestContext.Current.CancellationToken);
        await foreach (MediaChunk chunk in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            break;
        }

        Running(Sleep(604)).ShouldBeEmpty();
        await NoZombieStaysAsync();
    }

    [Fact]
    public async Task DisposingEndsTheDecoder()
    {
        string film = await TestFilms.OrdinaryAsync("mp4", 60);
        FfmpegPrograms programs = new() { Ffmpeg = Script("half", "ffmpeg \"$@\" | head -c 300000; " + Sleep(605)) };
        MediaReader reader = await MediaReader.OpenAsync(film, Both with { Programs = programs }, TestContext.Current.CancellationToken);
        IAsyncEnumerator<MediaChunk> chunks = reader.ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await chunks.MoveNextAsync()).ShouldBeTrue();
        await reader.DisposeAsync();
        Running(Sleep(605)).ShouldBeEmpty();
        await chunks.DisposeAsync();
        await NoZombieStaysAsync();
    }

    [Fact]
    public async Task AFileIsReadOnce()
    {
        await using MediaReader reader = await MediaReader.OpenAsync(await TestFilms.OrdinaryAsync(), Both, TestContext.Current.CancellationToken);
        Should.Throw<InvalidOperationException>(() => reader.Summary);
        await DrainAsync(reader);
        reader.Summary.Warnings.ShouldBeEmpty();
        await Should.ThrowAsync<InvalidOperationException>(() => DrainAsync(reader));
    }

    [Fact]
    public async Task SenselessOptionsAreRefused()
    {
        string film = await TestFilms.OrdinaryAsync();
        foreach (FrameSpec spec in new[] { new FrameSpec { Width = 0, Height = 1, Rate = 1 }, new FrameSpec { Width = 1, Height = 1, Rate = double.NaN },
            new FrameSpec { Width = 1, Height = 1, Rate = 0 }, new FrameSpec { Width = 8, Height = 9, Rate = 1, ShortSide = 8 } })
        {
            await Should.ThrowAsync<ArgumentOutOfRangeException>(() =>
                MediaReader.OpenAsync(film, new MediaReadOptions { Frames = spec }, TestContext.Current.CancellationToken));
        }
    }

    private static async Task<T> FailsAsync<T>(string path, string says, MediaReadOptions? options = null)
        where T : MediaException
    {
        T error = await Should.ThrowAsync<T>(async () =>
        {
            await using MediaReader reader = await MediaReader.OpenAsync(path, options ?? Both, TestContext.Current.CancellationToken);
            await DrainAsync(reader);
        });
        error.FilePath.ShouldBe(path);
        error.Message.ShouldContain(says);
        error.Message.ShouldContain(path);
        return error;
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("""echo '{"format": {"format_name": "mov,mp4,m4a,3gp,3g2,mj2"}, "streams": []}'""")]
    public async Task AFilmThatVanishesWhileItIsProbedIsMissing(string then)
    {
        string film = FileOf("film.mp4", "not for long");
        FfmpegPrograms programs = new() { Ffprobe = Script("vanish", $"rm '{film}'; {then}") };
        MediaFileMissingException error = await Should.ThrowAsync<MediaFileMissingException>(
            () => MediaProbe.ProbeAsync(film, programs, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken));
        error.Message.ShouldContain(film);
    }

    private static async Task DrainAsync(MediaReader reader)
    {
        await foreach (MediaChunk chunk in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            chunk.ShouldNotBeNull();
        }
    }

    private static string Temporary(string name)
    {
        string folder = Path.Combine(Path.GetTempPath(), "evoke-media-tests", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }

    private static string FileOf(string name, string text)
    {
        string path = Temporary(name);
        File.WriteAllText(path, text);
        return path;
    }

    internal static string Script(string name, string body)
    {
        string path = FileOf(name + ".sh", "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    // Processes with exactly this command line.
    private static List<int> Running(string commandLine) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
        .Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture))
            .Where(id => ReadOrEmpty($"/proc/{id}/cmdline").TrimEnd('\0').Replace('\0', ' ') == commandLine
                && !ReadOrEmpty($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal)),
    ];

    // A child that ended and is not reaped stays for ever; those of tests beside this one go within moments.
    private static async Task NoZombieStaysAsync()
    {
        for (int i = 0; i < 1200 && Zombies().Count > 0; i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Zombies().ShouldBeEmpty();
    }

    private static List<string> Zombies() =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _))
        .Select(folder => ReadOrEmpty(folder + "/stat"))
            .Where(stat => stat.Contains($") Z {Environment.ProcessId} ", StringComparison.Ordinal)),
    ];

    // A command line that is this run's alone.
    private static string Sleep(int seconds) => $"sleep {seconds}.{Environment.ProcessId}";

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return ""; // It has ended meanwhile.
        }
    }
}
