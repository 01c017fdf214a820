using System.Globalization;

namespace Evoke.Media.Probing;

/// <summary>How a player orients the stored picture: first mirrored left to right (if at all), then rotated clockwise by a multiple of 90 degrees.</summary>
internal readonly record struct PictureOrientation(int ClockwiseDegrees, bool Mirrored)
{
    /// <summary>Reads the 3x3 display matrix as ffprobe prints it: three lines "00000000: a b u", row by row.</summary>
    /// <remarks>
    /// The matrix maps stored x, y (down) to shown x' = a x + c y, y' = b x + d y (ISO/IEC 14496-12, 6.2.2).
    /// Other angles are rounded to the nearest multiple of 90.
    /// </remarks>
    public static PictureOrientation FromDisplayMatrix(string matrix)
    {
        double[][] rows =
        [
            .. matrix.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(cells => cells.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()),
        ];
        if (rows is not [[double a, double b, ..], [double c, double d, ..], ..])
        {
            return default;
        }

        double determinant = (a * d) - (b * c);
        if (determinant == 0)
        {
            return default;
        }

        double degrees = Math.Atan2(-c, d) * 180 / Math.PI;
        int quarter = (((int)Math.Round(degrees / 90) % 4) + 4) % 4;
        return new PictureOrientation(quarter * 90, determinant < 0);
    }
}
