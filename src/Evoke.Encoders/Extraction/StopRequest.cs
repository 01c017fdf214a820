namespace Evoke.Encoders.Extraction;

/// <summary>A request to stop gracefully: no further video is started, and the current one has a grace period to finish in.</summary>
/// <remarks>Thread-safe; disposing is not.</remarks>
public sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _telling;

    /// <summary>Waits for the request.</summary>
    /// <param name="grace">How long the current video may still take after the request.</param>
    /// <param name="told">Cancelled when the work is to stop.</param>
    /// <exception cref="ArgumentOutOfRangeException">The grace period is negative.</exception>
    public StopRequest(TimeSpan grace, CancellationToken told)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grace, TimeSpan.Zero);
        Told = told;
        _telling = told.UnsafeRegister(_ => _over.CancelAfter(grace), null);
    }

    /// <summary>Cancelled when the work is to stop.</summary>
    public CancellationToken Told { get; }

    /// <summary>Cancelled when the grace period is over: unfinished work is dropped.</summary>
    public CancellationToken GraceIsOver => _over.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _telling.Dispose();
        _over.Dispose();
    }
}
