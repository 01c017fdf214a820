namespace Evoke.Datasets.Demo;

/// <summary>Which films a <see cref="DemoDataset"/> has. The same options give the same scenes and, byte for byte, the same labels.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DemoDatasetOptions
{
    /// <summary>The fewest films: one to train on, one to validate on, one to test on.</summary>
    public const int LeastVideos = 3;

    /// <summary>The shortest film in seconds.</summary>
    public const int LeastSeconds = 10;

    /// <summary>How many films: 3 or more. A fifth of them are for validation, a fifth for the test.</summary>
    public int Videos { get; init; } = 60;

    /// <summary>Length of each film in seconds: 10 or more.</summary>
    public int Seconds { get; init; } = 60;

    /// <summary>The seed of films, labels and gaps.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Width of the pictures in pixels, even.</summary>
    public int Width { get; init; } = 160;

    /// <summary>Height of the pictures in pixels, even.</summary>
    public int Height { get; init; } = 90;

    /// <summary>Frames per second: whole.</summary>
    public int FrameRate { get; init; } = 12;

    /// <summary>Rejects numbers out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are too few films, or they are too short.</exception>
    internal void ThrowIfOutOfRange()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Videos, LeastVideos);
        ArgumentOutOfRangeException.ThrowIfLessThan(Seconds, LeastSeconds);
    }
}
