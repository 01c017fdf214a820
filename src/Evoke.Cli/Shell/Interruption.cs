using System.Runtime.InteropServices;

namespace Evoke.Cli.Shell;

/// <summary>Ctrl-C and SIGTERM as a cancellation: the first asks the verb to stop and tidy up, a second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        // Left alone, the signal ends the process: what a second Ctrl-C means.
        if (_source.IsCancellationRequested)
        {
            return;
        }

        signal.Cancel = true;
        _source.Cancel();
    }
}
