namespace Evoke.Media;

/// <summary>When a packet is shown and for how long, in seconds on its container's clock.</summary>
/// <param name="Start">When it is shown.</param>
/// <param name="Duration">For how long; null if the container does not say.</param>
internal readonly record struct PacketTime(double Start, double? Duration)
{
    /// <summary>What closed the jumps of the container's clock before it, in seconds: <see cref="Start"/> less the time that the container states.</summary>
    public double Offset { get; init; }

    /// <summary>Where it begins in the file, in bytes; null if that is not known.</summary>
    public long? Position { get; init; }

    /// <summary>True if its picture needs no other.</summary>
    public bool IsKey { get; init; }
}
