namespace Evoke.Encoders.Batches;

/// <summary>The memory layout of a network's pictures.</summary>
internal enum PictureLayout
{
    /// <summary>[B, 3, H, W]: one colour after the other.</summary>
    ChannelsFirst,

    /// <summary>[B, H, W, 3]: the colours of a pixel side by side.</summary>
    ChannelsLast,
}

/// <summary>Turns RGB bytes into the numbers that a network was trained on: (value / 255 - mean) / deviation, for each colour.</summary>
internal sealed class PixelTransform
{
    private const int Channels = 3;
    private const int Levels = 256;

    // A byte has 256 values: the whole transform is a table for each colour.
    private readonly float[][] _tables;
    private readonly PictureLayout _layout;

    /// <summary>Prepares a transform.</summary>
    /// <param name="mean">Red, green, blue, in [0,1].</param>
    /// <param name="deviation">Red, green, blue, in [0,1], none 0.</param>
    /// <param name="layout">The order in which numbers are written.</param>
    /// <exception cref="ArgumentException">There are not three means and three deviations, or a deviation is 0.</exception>
    public PixelTransform(IReadOnlyList<float> mean, IReadOnlyList<float> deviation, PictureLayout layout = PictureLayout.ChannelsFirst)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(deviation);
        if (mean.Count != Channels || deviation.Count != Channels || deviation.Contains(0))
        {
            throw new ArgumentException($"Pictures have {Channels} colours; expected {Channels} means and {Channels} deviations other than 0.");
        }

        _layout = layout;
        _tables = [.. Enumerable.Range(0, Channels).Select(c => Enumerable.Range(0, Levels).Select(v => ((v / 255f) - mean[c]) / deviation[c]).ToArray())];
    }

    /// <summary>Transforms one picture.</summary>
    /// <param name="rgb">Interleaved RGB, as many bytes as <paramref name="destination"/> has numbers.</param>
    /// <param name="destination">[3, H, W] or [H, W, 3].</param>
    public void Apply(ReadOnlySpan<byte> rgb, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, rgb.Length);
        if (_layout == PictureLayout.ChannelsFirst)
        {
            ApplyChannelsFirst(rgb, destination);
        }
        else
        {
            ApplyChannelsLast(rgb, destination);
        }
    }

    /// <summary>Transforms one picture into numbers that lie apart.</summary>
    /// <param name="rgb">Interleaved RGB.</param>
    /// <param name="destination">From the number of the top left pixel's red on.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="colour">From one colour to the next.</param>
    /// <param name="row">From one row to the next.</param>
    /// <param name="column">From one pixel of a row to the next.</param>
    public void Apply(ReadOnlySpan<byte> rgb, Span<float> destination, int width, int colour, int row, int column)
    {
        (float[] red, float[] green, float[] blue) = (_tables[0], _tables[1], _tables[2]);
        int pixels = rgb.Length / Channels;
        for (int i = 0; i < pixels; i++)
        {
            int at = (i / width * row) + (i % width * column);
            destination[at] = red[rgb[Channels * i]];
            destination[at + colour] = green[rgb[(Channels * i) + 1]];
            destination[at + (2 * colour)] = blue[rgb[(Channels * i) + 2]];
        }
    }

    private void ApplyChannelsFirst(ReadOnlySpan<byte> rgb, Span<float> destination)
    {
        int pixels = rgb.Length / Channels;
        Span<float> red = destination[..pixels];
        Span<float> green = destination.Slice(pixels, pixels);
        Span<float> blue = destination[(2 * pixels)..];
        (float[] redTable, float[] greenTable, float[] blueTable) = (_tables[0], _tables[1], _tables[2]);
        for (int i = 0; i < pixels; i++)
        {
            red[i] = redTable[rgb[Channels * i]];
            green[i] = greenTable[rgb[(Channels * i) + 1]];
            blue[i] = blueTable[rgb[(Channels * i) + 2]];
        }
    }

    private void ApplyChannelsLast(ReadOnlySpan<byte> rgb, Span<float> destination)
    {
        for (int i = 0; i < rgb.Length; i++)
        {
            destination[i] = _tables[i % Channels][rgb[i]];
        }
    }
}
