using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>A film read to its end, with everything copied.</summary>
internal sealed record ReadFilm(MediaInfo Info, IReadOnlyList<byte[]> Frames, float[] Sound, MediaReadSummary Summary)
{
    public static async Task<ReadFilm> ReadAsync(string path, MediaReadOptions options)
    {
        await using MediaReader reader = await MediaReader.OpenAsync(path, options, TestContext.Current.CancellationToken);
        List<byte[]> frames = [];
        List<float> sound = [];
        await foreach (MediaChunk chunk in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            switch (chunk)
            {
                case FrameChunk frame:
                    frame.Index.ShouldBe(frames.Count);
                    frame.Rgb.Length.ShouldBe(options.Frames!.Value.FrameBytes);
                    frames.Add(frame.Rgb.ToArray());
                    break;
                case WaveformChunk stretch:
                    stretch.StartSample.ShouldBe(sound.Count);
                    sound.AddRange(stretch.Samples.Span);
                    break;
            }
        }

        return new ReadFilm(reader.Info, frames, [.. sound], reader.Summary);
    }

    /// <summary>Frames at a rate and the sound at 16 kHz.</summary>
    public static Task<ReadFilm> ReadAsync(string path, double rate, int width = 32, int height = 24) =>
        ReadAsync(path, new MediaReadOptions { Frames = new FrameSpec { Width = width, Height = height, Rate = rate }, Waveform = true });

    /// <summary>Which source frames of a numbered film were picked.</summary>
    public static async Task<(int[] Numbers, ReadFilm Film)> NumbersAsync(string path, double rate)
    {
        FrameSpec spec = new() { Width = TestFilms.NumberedWidth, Height = TestFilms.NumberedHeight, Rate = rate };
        ReadFilm film = await ReadAsync(path, new MediaReadOptions { Frames = spec });
        return ([.. film.Frames.Select(frame => TestFilms.NumberOf(frame))], film);
    }

    /// <summary>Mean of all bytes of a frame.</summary>
    public double Brightness(int frame) => Frames[frame].Average(b => (double)b);

    /// <summary>The colour at a place given as shares of width and height.</summary>
    public static (byte R, byte G, byte B) Pixel(byte[] rgb, int width, int height, double x, double y)
    {
        int at = (((int)(y * height) * width) + (int)(x * width)) * 3;
        return (rgb[at], rgb[at + 1], rgb[at + 2]);
    }
}
