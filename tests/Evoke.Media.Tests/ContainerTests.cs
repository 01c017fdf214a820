using Evoke.Media.Containers;
using Evoke.Media.Probing;
using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>What files tell about themselves without being decoded.</summary>
public sealed class ContainerTests
{
    [Theory]
    [InlineData("mp4", "mov,mp4,m4a,3gp,3g2,mj2", Wholeness.Whole)]
    [InlineData("mkv", "matroska,webm", Wholeness.Whole)]
    [InlineData("avi", "avi", Wholeness.Whole)]
    [InlineData("ts", "mpegts", Wholeness.Unknown)]
    public async Task AWholeFileAndOneThatWasCutOff(string extension, string format, object whole)
    {
        ContainerStructure.Of(await TestFilms.OrdinaryAsync(extension, 10), format).Wholeness.ShouldBe(whole);
        ContainerStructure.Of(await TestFilms.TruncatedAsync(extension, 0.613), format).Wholeness.ShouldBe(Wholeness.Cut);
    }

    [Theory]
    [InlineData("ts")]
    [InlineData("avi")]
    public async Task ATruncatedFileWithoutAPromiseIsNoticedByItsPackets(string extension)
    {
        ReadFilm film = await ReadFilm.ReadAsync(await TestFilms.TruncatedAsync(extension, 0.613), rate: 2);
        film.Summary.Warnings.ShouldContain(w => w.Contains("may have been cut off"), string.Join(" | ", film.Summary.Warnings));
    }

    /// <summary>Cut between two packets, but inside a stretch of sound that says its length.</summary>
    [Fact]
    public async Task ATransportStreamThatWasCutBetweenPackets()
    {
        string whole = await TestFilms.OrdinaryAsync("ts", 10);
        byte[] bytes = await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken);
        int inSound = Enumerable.Range(0, bytes.Length / 188).Last(i => (bytes[(i * 188) + 1] & 0x5F) == 0x41 && bytes[(i * 188) + 2] == 0x01); // Begins sound (0x101).
        string path = await TestFilms.KeepAsync(Path.Combine(Path.GetDirectoryName(whole)!, "insound.ts"), bytes[..((inSound + 1) * 188)]);
        ContainerStructure.Of(path, "mpegts").Wholeness.ShouldBe(Wholeness.Cut);
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    public async Task ASecondFilmInTheSameFileIsSaid(string extension)
    {
        string one = await TestFilms.OrdinaryAsync(extension);
        byte[] bytes = await File.ReadAllBytesAsync(one, TestContext.Current.CancellationToken);
        string two = await TestFilms.KeepAsync(Path.Combine(Path.GetDirectoryName(one)!, "two." + extension), [.. bytes, .. bytes]);
        ReadFilm film = await ReadFilm.ReadAsync(two, rate: 2);
        film.Frames.Count.ShouldBe(6);
        film.Summary.Warnings.ShouldContain("another film follows in the same file, joined to the first; it is not read");
    }

    [Fact]
    public async Task AnEncryptedFilmIsSaidToBeEncrypted()
    {
        string path = await TestFilms.MakeAsync(
            "encrypted.mp4", "-i", await TestFilms.OrdinaryAsync(), "-c", "copy", "-encryption_scheme", "cenc-aes-ctr",
            "-encryption_key", "00112233445566778899aabbccddeeff", "-encryption_kid", "00112233445566778899aabbccddeeff");
        MediaEncryptedException error = await Should.ThrowAsync<MediaEncryptedException>(() => MediaProbe.ProbeAsync(path, TestContext.Current.CancellationToken));
        error.Message.ShouldContain("encrypted");
        error.Message.ShouldContain(path);
    }

    [Fact]
    public async Task AStillImageInAFilmsContainerIsAPicture()
    {
        string path = await TestFilms.MakeAsync("image.avif", "-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", "1", "-c:v", "libaom-av1", "-still-picture", "1");
        MediaFormatException error = await Should.ThrowAsync<MediaFormatException>(() => MediaProbe.ProbeAsync(path, TestContext.Current.CancellationToken));
        error.Message.ShouldContain("it is a picture (AVIF or HEIF)");
    }

    /// <summary>mkvmerge writes the length of a track and a list of its statistics, ffmpeg the time at which the track ends.</summary>
    [Theory]
    [InlineData("", 8)]
    [InlineData(""", "_STATISTICS_TAGS": "BPS DURATION NUMBER_OF_FRAMES NUMBER_OF_BYTES" """, 11.021)]
    public async Task TheTagOfAMatroskaTrackIsALengthByMkvmergeAndATimeByFfmpeg(string more, double seconds)
    {
        string path = await TestFilms.OrdinaryAsync("mkv");
        string json = $$"""
            { "streams": [ { "index": 0, "codec_type": "video", "codec_name": "h264", "width": 16, "height": 16, "start_time": "3.021000",
              "tags": { "DURATION": "00:00:11.021000000"{{more}} } } ], "format": { "format_name": "matroska,webm" } }
            """;
        (MediaInfo info, _) = ProbeAnswer.Read(path, 1, System.Text.Encoding.UTF8.GetBytes(json));
        info.Video!.DurationSeconds!.Value.ShouldBe(seconds, 1e-9);
    }

    [Fact]
    public async Task TheTimecodeOfTheFirstFrameIsRead()
    {
        string path = await TestFilms.MakeAsync("timecode.mov", "-f", "lavfi", "-i", "color=black:size=64x64:rate=30000/1001:duration=1", "-c:v", "libx264", "-timecode", "01:02:03;04");
        (await MediaProbe.ProbeAsync(path, TestContext.Current.CancellationToken)).StartTimecode.ShouldBe("01:02:03;04");
        (await MediaProbe.ProbeAsync(await TestFilms.OrdinaryAsync(), TestContext.Current.CancellationToken)).StartTimecode.ShouldBeNull();
    }

    /// <summary>A clock that jumps by more than ffmpeg lets pass (10 s) goes on where it was.</summary>
    [Fact]
    public void JumpsOfAPacketClockAreClosed()
    {
        IReadOnlyList<PacketTime> packets = PacketProbe.Read("1.4,1.4,0.04\n1.44,1.44,0.04\n101.4,101.4,0.04\nN/A,N/A,0.04\n101.44,101.44,N/A\n0.1,0.1,0.04\n", closeJumps: true);
        packets.Select(packet => Math.Round(packet.Start, 6)).ShouldBe([1.4, 1.44, 1.48, 1.52, 1.56]);
        packets[3].Duration.ShouldBeNull();
        PacketProbe.Read("0,0,15\n30,30,15\n", closeJumps: false)[1].Start.ShouldBe(30);
    }
}
