using Evoke.Curves;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.LowLevel.Visual;

/// <summary>An unbounded picture, seen through a frame of 112 x 64 pixels.</summary>
internal delegate (double R, double G, double B) Picture(double x, double y);

internal static class Pictures
{
    public const int Width = 112;
    public const int Height = 64;

    /// <summary>Smooth random colours, with detail of about <paramref name="grain"/> pixels.</summary>
    public static Picture Texture(string name, double grain = 6)
    {
        const int Side = 64;
        float[] grid = GoldenTensor.Units(name, Side * Side * 3);
        return (x, y) => (At(x, y, 0), At(x, y, 1), At(x, y, 2));

        double At(double x, double y, int channel)
        {
            double gx = x / grain, gy = y / grain;
            int x0 = (int)Math.Floor(gx), y0 = (int)Math.Floor(gy);
            double fx = gx - x0, fy = gy - y0;
            return Math.Clamp(
                (((Cell(x0, y0) * (1 - fx)) + (Cell(x0 + 1, y0) * fx)) * (1 - fy)) + (((Cell(x0, y0 + 1) * (1 - fx)) + (Cell(x0 + 1, y0 + 1) * fx)) * fy),
                0,
                1);

            double Cell(int i, int j) => grid[(((((j % Side) + Side) % Side * Side) + (((i % Side) + Side) % Side)) * 3) + channel];
        }
    }

    public static Picture Plain(double r, double g, double b) => (_, _) => (r, g, b);

    public static Picture Lit(this Picture picture, double gain, double offset = 0) => (x, y) =>
    {
        (double r, double g, double b) = picture(x, y);
        return ((gain * r) + offset, (gain * g) + offset, (gain * b) + offset);
    };

    public static Picture Moved(this Picture picture, double dx, double dy) => (x, y) => picture(x - dx, y - dy);

    public static Picture Zoomed(this Picture picture, double factor)
        => (x, y) => picture(((x - (Width / 2.0)) / factor) + (Width / 2.0), ((y - (Height / 2.0)) / factor) + (Height / 2.0));

    public static Picture Mirrored(this Picture picture) => (x, y) => picture(Width - 1 - x, y);

    public static byte[] Frame(this Picture picture)
    {
        byte[] rgb = new byte[Width * Height * 3];
        for (int i = 0; i < Width * Height; i++)
        {
            (double r, double g, double b) = picture(i % Width, i / Width);
            rgb[3 * i] = Level(r);
            rgb[(3 * i) + 1] = Level(g);
            rgb[(3 * i) + 2] = Level(b);
        }

        return rgb;

        static byte Level(double value) => (byte)Math.Clamp(Math.Round(value * 255), 0, 255);
    }

    /// <summary>Encodes a film given frame by frame; all rows.</summary>
    public static Rows Encode(double rate, IEnumerable<Picture> film) => EncodeFrames(rate, film.Select(Frame));

    public static Rows EncodeFrames(double rate, IEnumerable<byte[]> frames)
    {
        using VisualLowLevelEncoder encoder = new();
        using IVisualEncodingSession session = encoder.Start(new Rate(rate));
        int count = 0;
        foreach (byte[] frame in frames)
        {
            session.Push(new FrameChunk(count++, frame));
        }

        int steps = (int)Math.Ceiling(count / encoder.FramesFor(new Rate(rate)).Rate * rate);
        return new Rows(session.Complete(steps), steps);
    }

    internal sealed class Rows(float[] values, int steps)
    {
        public int Count => steps;

        public float[] Values => values;

        public float this[int step, string name] => values[(step * VisualLowLevelEncoder.Descriptors.Count) + VisualLowLevelEncoder.Descriptors.IndexOf(name)];

        public float[] Column(string name) => [.. Enumerable.Range(0, steps).Select(step => this[step, name])];
    }
}
