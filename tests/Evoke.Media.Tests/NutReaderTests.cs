using System.Globalization;
using Evoke.Media.Nut;
using Evoke.Testing;

namespace Evoke.Media.Tests;

public sealed class NutReaderTests
{
    [Fact]
    public async Task PacketsHaveTheStreamTimeAndSizeThatFfprobeSees()
    {
        string nut = await TestFilms.MakeAsync(
            "packets.nut",
            "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=30000/1001:duration=5",
            "-f", "lavfi", "-i", "sine=sample_rate=44100:duration=5",
            "-f", "lavfi", "-i", "color=size=2x2:rate=7:duration=5",
            "-map", "0:v", "-map", "2:v", "-map", "1:a", "-c:v", "rawvideo", "-pix_fmt", "rgb24", "-c:a", "pcm_f32le");
        List<(int, long, int)> expected = await FfprobePacketsAsync(nut);

        await using FileStream file = File.OpenRead(nut);
        NutReader reader = new(destination => file.ReadAsync(destination));
        List<(int, long, int)> found = [];
        while (await reader.NextAsync() is { } packet)
        {
            byte[] payload = new byte[packet.Size];
            await reader.ReadPayloadAsync(payload);
            found.Add((packet.Stream, packet.Pts, packet.Size));
        }

        found.ShouldBe(expected);
        string timeBase = await TestFilms.ProbeAsync(nut, "-select_streams", "0", "-show_entries", "stream=time_base", "-of", "csv=p=0");
        timeBase.Trim().ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{reader.TimeBase(0).Numerator}/{reader.TimeBase(0).Denominator}"));
    }

    [Fact]
    public async Task AStreamThatEndsWithinAPacketIsAnError()
    {
        string nut = await TestFilms.MakeAsync(
            "cut.nut", "-f", "lavfi", "-i", "color=size=64x48:rate=5:duration=1", "-c:v", "rawvideo", "-pix_fmt", "rgb24", "-write_index", "0");
        byte[] bytes = await File.ReadAllBytesAsync(nut, TestContext.Current.CancellationToken);
        MemoryStream cut = new(bytes[..^100]);
        NutReader reader = new(destination => cut.ReadAsync(destination));
        await Should.ThrowAsync<InvalidDataException>(async () =>
        {
            while (await reader.NextAsync() is not null)
            {
            }
        });
    }

    [Theory]
    [InlineData("nut-176.nut")]
    [InlineData("nut-2478.nut")]
    public async Task ADamagedStreamIsAnErrorOrReadToItsEnd(string name)
    {
        string? path = HostileFile.Find(name);
        Assert.SkipWhen(path is null, $"shared/hostile/{name} does not lie beside the checkout.");
        await using FileStream file = File.OpenRead(path);
        NutReader reader = new(destination => file.ReadAsync(destination));
        Exception? error = await Record.ExceptionAsync(async () =>
        {
            while (await reader.NextAsync() is { } packet)
            {
                await reader.ReadPayloadAsync(new byte[packet.Size]);
                reader.TimeBase(packet.Stream).Denominator.ShouldBeGreaterThan(0);
            }
        });
        (error is null or InvalidDataException).ShouldBeTrue(error?.ToString());
    }

    [Fact]
    public async Task BytesThatAreNotNutAreAnError()
    {
        MemoryStream text = new("This is no container, but it is long enough to be looked at."u8.ToArray());
        NutReader reader = new(destination => text.ReadAsync(destination));
        await Should.ThrowAsync<InvalidDataException>(async () => await reader.NextAsync());
    }

    /// <summary>A program that is not ffmpeg and then stays silent is detected at its first byte.</summary>
    [Fact]
    public async Task TheFirstByteThatIsNotNutIsAnError()
    {
        bool asked = false;
        NutReader reader = new(destination =>
        {
            if (asked)
            {
                return new ValueTask<int>(new TaskCompletionSource<int>().Task); // Never.
            }

            asked = true;
            "nuts"u8.CopyTo(destination.Span);
            return ValueTask.FromResult(4);
        });
        await Should.ThrowAsync<InvalidDataException>(async () => await reader.NextAsync());
    }

    /// <summary>Whatever a broken ffmpeg sends, the reader ends or reports damage; with a fixed seed.</summary>
    [Fact]
    public async Task DamageIsSaidAndNothingElse()
    {
        string nut = await TestFilms.MakeAsync(
            "small.nut", "-f", "lavfi", "-i", "testsrc2=size=16x16:rate=10:duration=1", "-f", "lavfi", "-i", "sine=sample_rate=8000:duration=1",
            "-c:v", "rawvideo", "-pix_fmt", "rgb24", "-c:a", "pcm_f32le", "-write_index", "0");
        byte[] whole = await File.ReadAllBytesAsync(nut, TestContext.Current.CancellationToken);
        int[] heads = [.. Enumerable.Range(0, whole.Length)
            .Where(i => i < 600 || (whole[i] == 'N' && i + 8 < whole.Length && whole[i + 1] is (byte)'K' or (byte)'S' or (byte)'M'))];
        Random random = new(2478);
        int damaged = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = Math.Min(bytes.Length - 1, heads[random.Next(heads.Length)] + random.Next(24));
                bytes[at] = random.Next(3) switch { 0 => 0, 1 => 255, _ => (byte)random.Next(256) };
            }

            damaged += await IsDamagedAsync(bytes[..random.Next(bytes.Length / 2, bytes.Length)]) ? 1 : 0;
        }

        damaged.ShouldBeGreaterThan(10_000);
    }

    [Theory]
    [InlineData("a time base of zero", 0, 1)]
    [InlineData("a time base of zero", 1, 0)]
    public void AClockThatDoesNotTickIsDamage(string says, byte numerator, byte denominator)
    {
        byte[] header = [3, 1, 0, 1, numerator, denominator]; // Version 3, one stream, no syncpoint distance, one clock.
        Should.Throw<InvalidDataException>(() => NutMainHeader.Read(header)).Message.ShouldContain(says);
    }

    [Fact]
    public void NumbersAreReadAsNutWritesThem()
    {
        static long Unsigned(params byte[] bytes) => new NutCursor(bytes).Unsigned();
        static long Signed(params byte[] bytes) => new NutCursor(bytes).Signed();
        Unsigned(0x81, 0x00).ShouldBe(128);
        Unsigned(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F).ShouldBe(long.MaxValue);
        Should.Throw<InvalidDataException>(() => Unsigned(0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00));
        Should.Throw<InvalidDataException>(() => Unsigned(0x80));
        new[] { Signed(0), Signed(1), Signed(2), Signed(3), Signed(4) }.ShouldBe([0, 1, -1, 2, -2]);
    }

    private static async Task<bool> IsDamagedAsync(byte[] bytes)
    {
        MemoryStream stream = new(bytes);
        NutReader reader = new(destination => stream.ReadAsync(destination));
        try
        {
            while (await reader.NextAsync() is { } packet)
            {
                reader.TimeBase(packet.Stream).Denominator.ShouldBePositive();
            }

            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static async Task<List<(int Stream, long Pts, int Size)>> FfprobePacketsAsync(string path)
    {
        string lines = await TestFilms.ProbeAsync(path, "-show_entries", "packet=stream_index,pts,size", "-of", "csv=p=0");
        return
        [
            .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(','))
                .Select(cells => (
                    int.Parse(cells[0], CultureInfo.InvariantCulture), long.Parse(cells[1], CultureInfo.InvariantCulture),
                    int.Parse(cells[2], CultureInfo.InvariantCulture))),
        ];
    }
}
