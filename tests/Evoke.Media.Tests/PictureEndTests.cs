using Evoke.Media.Ffmpeg;
using Evoke.Media.Probing;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>How long a video is: by its decoded frames and the time that the last is shown; a length stated by the container never overrides that.</summary>
public sealed class PictureEndTests
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    // Black, white from 3 s to 4 s, with a beep from 3 s to 4 s: 8 s at 25 fps.
    private static readonly string[] s_film =
    [
        "-f", "lavfi", "-i", "color=black:size=160x90:rate=25:duration=8,drawbox=color=white:t=fill:enable='between(t,3,3.999)'",
        "-f", "lavfi", "-i", "aevalsrc='0.8*sin(2*PI*1000*t)*between(t,3,4)':sample_rate=48000:duration=8",
    ];

    private static readonly string[] s_h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-c:a", "aac"];

    /// <summary>
    /// Joined recordings, whose clocks jump on, back by a day, or begin again: ffmpeg closes the jump, and the length is that of what is there.
    /// </summary>
    [Theory]
    [InlineData("ts", 100, 0)]
    [InlineData("ts", 0, 93600)]
    [InlineData("ts", 0, 0)]
    [InlineData("vob", 0, 300)]
    [InlineData("vob", 300, 0)]
    public async Task JoinedRecordingsAreAsLongAsBoth(string extension, int firstClock, int secondClock)
    {
        string path = await JoinAsync(
            $"joined{firstClock}-{secondClock}.{extension}", await RecordingAsync(extension, firstClock), await RecordingAsync(extension, secondClock));
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 6);
        film.Frames.Count.ShouldBe(96);
        film.Summary.Seconds.ShouldBe(16, 1e-3);
        film.Summary.PictureSeconds!.Value.ShouldBe(16, 1e-3);
        film.Summary.Warnings.ShouldBeEmpty();
        WhiteFrom(film).ShouldBe([3, 11]);
        BeepsFrom(film).ShouldBe([3, 11]);
        await SoundAloneHasTheSameLengthAsync(path, 16);
    }

    /// <summary>
    /// A recording that begins between two key frames: time begins with the first frame that can be decoded, and nothing is frozen at the end.
    /// </summary>
    [Fact]
    public async Task ARecordingThatBeginsBetweenKeyFrames()
    {
        string path = await BetweenKeyFramesAsync();
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 6);
        film.Summary.PictureSeconds!.Value.ShouldBe(6, 1e-3);
        film.Frames.Count.ShouldBe(36);
        WhiteFrom(film).ShouldBe([1]);
        film.Summary.Warnings.ShouldContain(w => w.Contains("of the picture cannot be decoded"));
        film.Summary.Warnings.ShouldNotContain(w => w.Contains("ends early") || w.Contains("cut off"));
        await SoundAloneHasTheSameLengthAsync(path, 6);
    }

    [Fact]
    public async Task AnMp4WhoseBeginningCannotBeDecoded()
    {
        string path = await TestFilms.MakeAsync("between.mp4", "-i", await BetweenKeyFramesAsync(), "-c", "copy", "-copyinkf");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 6);
        film.Summary.PictureSeconds!.Value.ShouldBe(6, 1e-3);
        film.Frames.Count.ShouldBe(36);
        film.Summary.Warnings.ShouldNotContain(w => w.Contains("ends early") || w.Contains("cut off"));
    }

    /// <summary>Pictures of 0.1 s, the last of 10 s: as GIF, and copied to containers that say it by frame (QuickTime) or in a tag (Matroska).</summary>
    [Theory]
    [InlineData("gif")]
    [InlineData("mov")]
    [InlineData("mkv")]
    public async Task TheLastPictureOfASlideShowLastsAsLongAsItsFileSays(string extension)
    {
        string gif = await TestFilms.MakeAsync(
            "slides.gif", "-f", "lavfi", "-i", "color=black:size=64x64:rate=10:duration=0.4", "-vf", "drawbox=color=white:t=fill:enable='gte(t,0.3)'",
            "-final_delay", "1000");
        string path = extension == "gif" ? gif : await TestFilms.MakeAsync("slides." + extension, "-i", gif, "-c", "copy");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 6);
        film.Summary.PictureSeconds!.Value.ShouldBe(10.3, 1e-3);
        film.Frames.Count.ShouldBe(62);
        film.Summary.Warnings.ShouldBe(["the file has no sound"]);
    }

    /// <summary>Frames at 0, 3, 4 and 8 s, each of 0.04 s, stored out of order.</summary>
    [Theory]
    [InlineData("mp4", 8.04, 49)]
    [InlineData("mkv", 8.04, 49)]
    public async Task AVariableRateWithBFrames(string extension, double seconds, int rows)
    {
        string path = await TestFilms.MakeAsync(
            "variable." + extension, "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=8.04", "-vf", "select='eq(n,0)+eq(n,75)+eq(n,100)+eq(n,200)'",
            "-vsync", "vfr", "-c:v", "libx264", "-bf", "2", "-x264-params", "b-adapt=0");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 6);
        film.Summary.PictureSeconds!.Value.ShouldBe(seconds, 2e-3);
        film.Frames.Count.ShouldBe(rows);
    }

    /// <summary>
    /// ffmpeg's DURATION tag is the time at which a track ends, and Opus lets the picture begin 7 ms late: 361 rows a minute is one too many.
    /// </summary>
    [Fact]
    public async Task AMinuteOfWebMWithOpus()
    {
        string path = await TestFilms.MakeAsync(
            "minute.webm", "-f", "lavfi", "-i", "color=black:size=64x64:rate=25:duration=60", "-f", "lavfi", "-i", "sine=duration=60",
            "-c:v", "libvpx", "-b:v", "50k", "-deadline", "realtime", "-c:a", "libopus");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 6);
        film.Info.Video!.DurationSeconds!.Value.ShouldBe(60, 2e-3);
        film.Summary.PictureSeconds!.Value.ShouldBe(60, 1e-3);
        film.Frames.Count.ShouldBe(360);
        film.Summary.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task AMatroskaFileWhosePictureStartsLateDoesNotEndEarly()
    {
        string path = await TestFilms.MakeAsync(
            "late.mkv", ["-itsoffset", "3", "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=8", "-f", "lavfi", "-i", "sine=duration=8", .. s_h264]);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 6);
        film.Frames.Count.ShouldBe(48);
        film.Summary.Warnings.ShouldBe(["the sound ends first, at 5.0 s; the picture goes on until 8.0 s"]);
    }

    /// <summary>A podcast: its cover stays to the end of the sound.</summary>
    [Theory]
    [InlineData("mkv", "mjpeg")]
    [InlineData("mp4", "libx264")]
    public async Task OnePictureUnderALongSoundStays(string extension, string codec)
    {
        string path = await TestFilms.MakeAsync(
            "cover." + extension, "-f", "lavfi", "-i", "color=white:size=160x90:rate=25:duration=0.04", "-f", "lavfi", "-i", "sine=duration=20", "-c:v",
            codec, "-c:a", "aac");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 6);
        film.Frames.Count.ShouldBe(120);
        film.Frames.ShouldAllBe(frame => frame.SequenceEqual(film.Frames[0]));
        film.Brightness(119).ShouldBeGreaterThan(200);
        film.Summary.Seconds.ShouldBe(20, 1e-6);
        film.Summary.PictureSeconds!.Value.ShouldBe(0.04, 2e-3);
        film.Summary.Warnings.ShouldBe(["the picture ends first, at 0.0 s; its last frame stays until the sound ends, at 20.0 s"]);
        await SoundAloneHasTheSameLengthAsync(path, 20);
    }

    /// <summary>Interlaced, and the picture changes its size half way: both halves are seen.</summary>
    [Fact]
    public async Task AnInterlacedPictureThatChangesItsSize()
    {
        static async Task<string> HalfAsync(string size) => await TestFilms.MakeAsync(
            "half.ts",
            [
                "-f", "lavfi", "-i",
                $"color=black:size={size}:rate=50:duration=8,drawbox=color=white:t=fill:enable='between(t,3,3.999)',interlace=scan=tff:lowpass=off",
                "-c:v", "libx264", "-flags", "+ilme+ildct", "-x264-params", "tff=1", "-preset", "ultrafast", "-g", "25",
            ]);
        ReadFilm film = await ReadFilm.ReadAsync(await JoinAsync("sizes.ts", await HalfAsync("320x240"), await HalfAsync("352x288")), rate: 6);
        film.Info.Video!.IsInterlaced.ShouldBeTrue();
        film.Frames.Count.ShouldBe(96);
        WhiteFrom(film).ShouldBe([3, 11]);
    }

    /// <summary>The length that a damaged container states (here 2^32 frames) is not reported to users.</summary>
    [Fact]
    public async Task NonsenseAboutTheLengthIsNotRepeated()
    {
        string whole = await TestFilms.MakeAsync("sane.avi", [.. s_film, "-c:v", "mpeg4", "-c:a", "pcm_s16le"]);
        byte[] bytes = await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken);
        foreach (int header in new[] { bytes.AsSpan().IndexOf("strh"u8), bytes.AsSpan().LastIndexOf("strh"u8) })
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(header + 8 + 32), uint.MaxValue - 1); // dwLength, in frames or samples.
        }

        string path = await TestFilms.KeepAsync(Path.Combine(Path.GetDirectoryName(whole)!, "nonsense.avi"), bytes);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 6);
        film.Summary.PictureSeconds!.Value.ShouldBe(8, 0.05);
        film.Summary.Warnings.ShouldNotContain(w => w.Contains("ends early"));
    }

    /// <summary>Theora codes pictures that do not change as empty packets, which ffmpeg leaves out.</summary>
    [Fact]
    public async Task AStillEndOfATheoraFilmIsNotLost()
    {
        string path = await TestFilms.MakeAsync(
            "still.ogv", "-f", "lavfi", "-i", "color=black:size=64x64:rate=25:duration=4,drawbox=color=white:t=fill:enable='lt(t,2)'", "-c:v", "libtheora",
            "-q:v", "6");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 6);
        film.Summary.PictureSeconds!.Value.ShouldBe(4, 0.041); // Its writer does not count the last empty packet.
        film.Frames.Count.ShouldBe(24);
    }

    /// <summary>
    /// A short MP4's packets come with its probe, so that ffprobe need not be started again for one whose picture ends before its container says; they
    /// are those that a second ffprobe would have read.
    /// </summary>
    [Theory]
    [InlineData("cut.mp4")]
    [InlineData("cut.mov")]
    public async Task AShortFilmThatWasCutWithoutEncodingIsProbedOnce(string name)
    {
        string whole = await TestFilms.MakeAsync("pyramid.mp4", [.. s_film, "-c:v", "libx264", "-g", "50", "-bf", "3", "-b_strategy", "0", "-c:a", "aac"]);
        string path = await TestFilms.MakeAsync(name, "-i", whole, "-t", "5.3", "-c", "copy");
        (ReadFilm film, int probes) = await ReadCountedAsync(path);
        IReadOnlyList<PacketTime> read = await PacketProbe.ReadAsync(
            film.Info with { PicturePackets = null }, film.Info.Video!.Index, null, new FfmpegPrograms(), TimeSpan.FromMinutes(5), None);

        probes.ShouldBe(1);
        film.Info.PicturePackets.ShouldNotBeNull().Select(packet => (packet.Start, packet.Duration)).ShouldBe(
            read.Select(packet => (packet.Start, packet.Duration)));
        film.Summary.PictureSeconds!.Value.ShouldBe(read.Max(packet => packet.Start + packet.Duration!.Value) - read.Min(packet => packet.Start), 1e-3);
        (await MediaProbe.ProbeAsync(path, None)).PicturePackets.ShouldBeNull("who only asks what is in a file does not read all of it");
    }

    /// <summary>Of a film with more packets than are read with the probe, those that were read do not count as all: its end is found in another way.</summary>
    [Fact]
    public async Task ThePacketsOfALongerFilmDoNotComeWithItsProbe()
    {
        string whole = await TestFilms.MakeAsync(
            "many.mp4", "-f", "lavfi", "-i", "color=black:size=16x16:rate=100:duration=40", "-c:v", "libx264", "-preset", "ultrafast", "-g", "100", "-bf", "3");
        string path = await TestFilms.MakeAsync("manycut.mp4", "-i", whole, "-t", "35.005", "-c", "copy");
        (ReadFilm film, int probes) = await ReadCountedAsync(path);

        film.Info.PicturePackets.ShouldBeNull();
        film.Summary.PictureSeconds!.Value.ShouldBe(35, 0.05);
        probes.ShouldBeInRange(1, 2);
    }

    /// <summary>ffprobe ends without an error where a packet cannot be read: a list that stops there is not the film's.</summary>
    [Fact]
    public async Task ThePacketsOfATruncatedFilmDoNotCountAsAll()
    {
        string path = await TestFilms.TruncatedAsync("mp4", 0.6);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 6);
        film.Info.PicturePackets.ShouldBeNull();
        film.Summary.Warnings.ShouldNotBeEmpty();
    }

    private static async Task<(ReadFilm Film, int Probes)> ReadCountedAsync(string path)
    {
        using TemporaryFolder folder = new();
        string calls = folder.File("calls");
        FfmpegPrograms programs = new() { Ffprobe = TroubleTests.Script("count", $"echo called >> '{calls}'; exec ffprobe \"$@\"") };
        FrameSpec spec = new() { Width = 8, Height = 8, Rate = 6 };
        ReadFilm film = await ReadFilm.ReadAsync(path, new MediaReadOptions { Frames = spec, Programs = programs });
        return (film, (await File.ReadAllLinesAsync(calls, None)).Length);
    }

    private static Task<string> RecordingAsync(string extension, int clock)
    {
        string[] codecs = extension == "vob" ? ["-c:v", "mpeg2video", "-g", "25", "-c:a", "mp2"] : s_h264;
        return TestFilms.MakeAsync("recording." + extension, [.. s_film, .. codecs, "-output_ts_offset", $"{clock}"]);
    }

    private static async Task<string> BetweenKeyFramesAsync()
    {
        string whole = await TestFilms.MakeAsync(
            "twosecondkeys.ts", [.. s_film, "-c:v", "libx264", "-g", "50", "-keyint_min", "50", "-sc_threshold", "0", "-c:a", "aac"]);
        byte[] bytes = await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken);
        const int packet = 188;
        int tenth = bytes.Length / packet / 10;
        return await TestFilms.KeepAsync(Path.Combine(Path.GetDirectoryName(whole)!, "between.ts"), [.. bytes[..(3 * packet)], .. bytes[(tenth * packet)..]]);
    }

    private static async Task<string> JoinAsync(string name, string first, string second)
    {
        byte[] both = [.. await File.ReadAllBytesAsync(first), .. await File.ReadAllBytesAsync(second)];
        return await TestFilms.KeepAsync(Path.Combine(Path.GetDirectoryName(first)!, name), both);
    }

    // A video has one length, whatever of it is decoded.
    private static async Task SoundAloneHasTheSameLengthAsync(string path, double seconds)
    {
        ReadFilm sound = await ReadFilm.ReadAsync(path, new MediaReadOptions { Waveform = true });
        sound.Summary.Seconds.ShouldBe(seconds, 1e-3);
        sound.Summary.PictureSeconds.ShouldBeNull();
    }

    private static double[] WhiteFrom(ReadFilm film) =>
        [.. Enumerable.Range(1, film.Frames.Count - 1).Where(i => film.Brightness(i) > 128 && film.Brightness(i - 1) <= 128).Select(i => i / 6.0)];

    // In half seconds.
    private static double[] BeepsFrom(ReadFilm film)
    {
        const int half = 8000;
        bool[] loud = [.. film.Sound.Chunk(half).Select(part => part.Average(Math.Abs) > 0.05)];
        return [.. Enumerable.Range(1, loud.Length - 1).Where(i => loud[i] && !loud[i - 1]).Select(i => i / 2.0)];
    }
}
