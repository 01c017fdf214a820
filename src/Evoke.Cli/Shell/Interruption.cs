using System.Runtime.InteropServices;

namespace Evoke.Cli.Shell;

/// <summary>
/// The signals that end the work. The first Ctrl-C asks the verb to stop at once and clean up; a second one ends the process.
/// </summary>
/// <remarks>
/// SIGTERM and SIGUSR1 come from a scheduler (Slurm, Kubernetes) that needs the machine. They act like Ctrl-C, unless the verb called
/// <see cref="TakeTime"/>: then they only request a stop, however often they come.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _now = new();
    private readonly CancellationTokenSource _told = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private volatile bool _takesTime;

    public Interruption()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnInterrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnToldToStop),
        ];
        if (UserSignal is { } user)
        {
            _registrations.Add(PosixSignalRegistration.Create(user, OnToldToStop));
        }
    }

    /// <summary>Cancelled when everything must end at once.</summary>
    public CancellationToken Token => _now.Token;

    /// <summary>True once SIGTERM or SIGUSR1 has come.</summary>
    public bool IsToldToStop => _told.IsCancellationRequested;

    /// <summary>True if the verb called <see cref="TakeTime"/>: a later run can continue its work.</summary>
    public bool TakesTime => _takesTime;

    // .NET has no name for SIGUSR1 but accepts the system's number.
    private static PosixSignal? UserSignal => OperatingSystem.IsLinux() ? (PosixSignal)10 : OperatingSystem.IsMacOS() ? (PosixSignal)30 : null;

    /// <summary>From now on SIGTERM and SIGUSR1 cancel only the returned token.</summary>
    public CancellationToken TakeTime()
    {
        _takesTime = true;
        return _told.Token;
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _now.Dispose();
        _told.Dispose();
    }

    private void OnInterrupt(PosixSignalContext signal)
    {
        // Not handled, the signal ends the process, as a second Ctrl-C should.
        if (_now.IsCancellationRequested)
        {
            return;
        }

        signal.Cancel = true;
        _now.Cancel();
    }

    private void OnToldToStop(PosixSignalContext signal)
    {
        _told.Cancel();
        if (_takesTime)
        {
            signal.Cancel = true;
        }
        else
        {
            OnInterrupt(signal);
        }
    }
}
