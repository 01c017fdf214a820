namespace Evoke.Experiments.Paper;

/// <summary>A number that the paper or its authors' notes give, or a range.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Low">The number, or the lower end of the range.</param>
/// <param name="High">The number again, or the upper end of the range.</param>
public sealed record PaperFigure(double Low, double High)
{
    /// <summary>One number.</summary>
    public PaperFigure(double value)
        : this(value, value)
    {
    }

    /// <summary>The number, or the middle of the range.</summary>
    public double Middle => (Low + High) / 2;
}
