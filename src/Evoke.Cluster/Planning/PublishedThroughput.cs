namespace Evoke.Cluster.Planning;

/// <summary>How fast a GPU runs a visual network, as its authors published it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Encoder">The visual encoder, as on the command line.</param>
/// <param name="PicturesPerSecond">Pictures that one GPU takes in a second.</param>
/// <param name="Gpu">The GPU.</param>
/// <param name="Source">Where the number stands.</param>
public sealed record PublishedThroughput(string Encoder, double PicturesPerSecond, string Gpu, string Source)
{
    // Liu et al. (2021), table 1 ("measured on a V100 GPU"), and the README of github.com/microsoft/Swin-Transformer, which adds Swin-L at 224 pixels.
    private const string Swin = "Liu et al. (2021) and github.com/microsoft/Swin-Transformer";
    private const string V100 = "NVIDIA V100";

    /// <summary>The figures that are known.</summary>
    public static IReadOnlyList<PublishedThroughput> All { get; } =
    [
        new("swin-t", 755, V100, Swin),
        new("swin-s", 437, V100, Swin),
        new("swin-b", 278, V100, Swin),
        new("swin-b-384", 85, V100, Swin),
        new("swin-l", 141, V100, Swin),
        new("swin-l-384", 42, V100, Swin),
    ];

    /// <summary>The figure of a visual encoder; null if none is known.</summary>
    public static PublishedThroughput? Of(string encoder) => All.FirstOrDefault(figure => string.Equals(figure.Encoder, encoder, StringComparison.Ordinal));

    /// <summary>What a data set takes on such GPUs, if the network runs at this speed and decoding keeps up.</summary>
    /// <param name="videoSeconds">Duration of all videos together.</param>
    /// <param name="picturesPerSecond">Pictures that the encoder takes of a second of video.</param>
    /// <param name="pricePerHour">Price of one GPU-hour; null for no costs.</param>
    /// <param name="withinSeconds">Time in which all of it shall be done; null to leave the number of GPUs open.</param>
    public GpuForecast Forecast(double videoSeconds, double picturesPerSecond, double? pricePerHour, double? withinSeconds)
    {
        const double secondsPerHour = 3600;
        double seconds = videoSeconds * picturesPerSecond / PicturesPerSecond;
        double? cost = seconds / secondsPerHour * pricePerHour;
        return new GpuForecast
        {
            Published = this,
            GpuHours = seconds / secondsPerHour,
            Gpus = withinSeconds is { } within ? (long)Math.Ceiling(seconds / within) : null,
            Cost = cost,
            CostPerThousandVideoHours = cost / (videoSeconds / secondsPerHour) * 1000,
        };
    }
}

/// <summary>What the visual network of a data set takes on GPUs, computed from a published figure and not measured.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record GpuForecast
{
    /// <summary>The figure that this was computed from.</summary>
    public required PublishedThroughput Published { get; init; }

    /// <summary>GPU-hours for all pictures.</summary>
    public required double GpuHours { get; init; }

    /// <summary>How many GPUs do it in the given time; null if none was given.</summary>
    public long? Gpus { get; init; }

    /// <summary>Cost; null if no price is given.</summary>
    public double? Cost { get; init; }

    /// <summary>Cost per 1,000 hours of video; null if no price is given.</summary>
    public double? CostPerThousandVideoHours { get; init; }
}
