using System.Globalization;
using Evoke.Media.Nut;

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

    [Fact]
    public async Task BytesThatAreNotNutAreAnError()
    {
        MemoryStream text = new("This is no container, but it is long enough to be looked at."u8.ToArray());
        NutReader reader = new(destination => text.ReadAsync(destination));
        await Should.ThrowAsync<InvalidDataException>(async () => await reader.NextAsync());
    }

    private static async Task<List<(int Stream, long Pts, int Size)>> FfprobePacketsAsync(string path)
    {
        string lines = await TestFilms.ProbeAsync(path, "-show_entries", "packet=stream_index,pts,size", "-of", "csv=p=0");
        return
        [
            .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(','))
                .Select(cells => (int.Parse(cells[0], CultureInfo.InvariantCulture), long.Parse(cells[1], CultureInfo.InvariantCulture), int.Parse(cells[2], CultureInfo.InvariantCulture))),
        ];
    }
}
