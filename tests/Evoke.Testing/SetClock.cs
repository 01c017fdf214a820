namespace Evoke.Testing;

/// <summary>A clock that a test sets.</summary>
public sealed class SetClock : TimeProvider
{
    /// <summary>What it shows.</summary>
    public TimeSpan Now { get; set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Now.Ticks;
}
