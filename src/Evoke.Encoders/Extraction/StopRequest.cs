namespace Evoke.Encoders.Extraction;

/// <summary>Being told to stop without haste: no further video is begun, and the one in hand has a period of grace to be finished in.</summary>
public sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _telling;

    /// <summary>Waits to be told.</summary>
    /// <param name="grace">How long the video in hand may still take once it is told.</param>
    /// <param name="told">Cancelled when the work is to stop.</param>
    /// <exception cref="ArgumentOutOfRangeException">The grace is below 0.</exception>
    public StopRequest(TimeSpan grace, CancellationToken told)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grace, TimeSpan.Zero);
        Told = told;
        _telling = told.UnsafeRegister(_ => _over.CancelAfter(grace), null);
    }

    /// <summary>Cancelled when the work is to stop.</summary>
    public CancellationToken Told { get; }

    /// <summary>Cancelled when the grace is over: what is not finished now is dropped.</summary>
    public CancellationToken GraceIsOver => _over.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _telling.Dispose();
        _over.Dispose();
    }
}
