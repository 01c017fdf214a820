using System.ComponentModel;
using System.Diagnostics;

namespace Evoke.Media.Ffmpeg;

/// <summary>How a program ended: its exit code and what it wrote to standard error.</summary>
internal readonly record struct ProgramEnding(int ExitCode, string Said)
{
    /// <summary>True if a signal ended it: a crash or a request from outside, not a rejection.</summary>
    public bool Crashed => FfmpegFailedException.IsOfSignal(ExitCode);
}

/// <summary>A running ffmpeg or ffprobe: its standard output as bytes, with a stall clock, stopped at once when cancelled or disposed.</summary>
/// <remarks>Started from an argument array, without a shell; its standard input is closed. Once disposed, the process is gone and reaped.</remarks>
internal sealed class FfmpegProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _program;
    private readonly string _file;
    private readonly TimeSpan _stallTimeout;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancellation;
    private readonly Stream _output;
    private readonly SpokenText _said = new();
    private readonly Task _listening;
    private readonly Timer _stallClock;
    private readonly int _patience; // Ticks of the stall clock.
    private volatile bool _waits;
    private int _silentTicks; // Since a read began to wait for the program.
    private volatile bool _stalled;

    private FfmpegProcess(Process process, string program, string file, TimeSpan stallTimeout, CancellationToken cancellationToken)
    {
        _process = process;
        _program = program;
        _file = file;
        _stallTimeout = stallTimeout;
        _cancellationToken = cancellationToken;
        _output = process.StandardOutput.BaseStream;
        _listening = _said.ListenAsync(process.StandardError.BaseStream);
        _cancellation = cancellationToken.UnsafeRegister(static self => ((FfmpegProcess)self!).Kill(), this);
        TimeSpan period = TimeSpan.FromMilliseconds(Math.Clamp(stallTimeout.TotalMilliseconds / 8, 10, 1000));
        _patience = (int)Math.Min(int.MaxValue - 1, Math.Ceiling(stallTimeout / period));
        _stallClock = new Timer(static self => ((FfmpegProcess)self!).KillIfStalled(), this, period, period);
    }

    /// <summary>How long a program may produce no output before it is stopped, by default.</summary>
    public static TimeSpan DefaultStallTimeout => TimeSpan.FromSeconds(60);

    /// <summary>Starts <paramref name="program"/> on <paramref name="file"/>.</summary>
    /// <exception cref="FfmpegMissingException">The program does not exist or cannot be executed.</exception>
    public static FfmpegProcess Start(string program, IEnumerable<string> arguments, string file, TimeSpan stallTimeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ProcessStartInfo start = new(program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // FFREPORT would make ffmpeg write a log file wherever it is started; colours would end up in our messages.
        start.Environment.Remove("FFREPORT");
        start.Environment["AV_LOG_FORCE_NOCOLOR"] = "1";
        Process process = new() { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            process.Dispose();
            throw new FfmpegMissingException(file, program, e);
        }

        process.StandardInput.Close();
        return new FfmpegProcess(process, program, file, stallTimeout, cancellationToken);
    }

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The program's name, for messages.</summary>
    public string Program => Path.GetFileName(_program);

    /// <summary>Runs a program to its end and returns everything it wrote to standard output, up to <paramref name="limit"/> bytes.</summary>
    public static async Task<(byte[] Output, ProgramEnding Ending)> RunAsync(
        string program, IEnumerable<string> arguments, string file, TimeSpan stallTimeout, int limit, CancellationToken cancellationToken)
    {
        FfmpegProcess process = Start(program, arguments, file, stallTimeout, cancellationToken);
        await using (process.ConfigureAwait(false))
        {
            using MemoryStream output = new();
            byte[] buffer = new byte[32 * 1024];
            int read;
            while ((read = await process.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                output.Write(buffer, 0, read);
                if (output.Length > limit)
                {
                    throw new FfmpegFailedException(
                        file, process.Program, 0, FormattableString.Invariant($"it wrote more than {limit} bytes; far fewer were expected"));
                }
            }

            ProgramEnding ending = await process.EndAsync().ConfigureAwait(false);
            return (output.ToArray(), ending);
        }
    }

    /// <summary>Reads what the program has written; 0 at the end.</summary>
    /// <exception cref="FfmpegStalledException">No output came within the stall timeout; the program was stopped.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled; the program was stopped.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> destination)
    {
        BeginToWait();
        int read;
        try
        {
            // No token: a pipe's read cannot be interrupted, but killing the program ends it.
            read = await _output.ReadAsync(destination, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _waits = false;
        }

        _cancellationToken.ThrowIfCancellationRequested();
        return _stalled ? throw new FfmpegStalledException(_file, Program, _stallTimeout) : read;
    }

    /// <summary>Stops the program now: its output is no longer needed.</summary>
    public void Stop() => Kill();

    /// <summary>Waits for the program to end by itself, after its output has ended.</summary>
    public async Task<ProgramEnding> EndAsync()
    {
        BeginToWait();
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _waits = false;
        _cancellationToken.ThrowIfCancellationRequested();
        return _stalled
            ? throw new FfmpegStalledException(_file, Program, _stallTimeout)
            : new ProgramEnding(_process.ExitCode, _said.ToString());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cancellation.DisposeAsync().ConfigureAwait(false);
        await _stallClock.DisposeAsync().ConfigureAwait(false);
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _process.Dispose();
    }

    private void BeginToWait()
    {
        Volatile.Write(ref _silentTicks, 0);
        _waits = true;
    }

    // Silence is counted in ticks, which stop while this process itself is suspended (Ctrl+Z, 'scontrol suspend'):
    // waking up later is not the program's fault.
    private void KillIfStalled()
    {
        if (_waits && Interlocked.Increment(ref _silentTicks) > _patience)
        {
            _stalled = true;
            Kill();
        }
    }

    private void Kill()
    {
        try
        {
            // The whole tree: EVOKE_FFMPEG may name a script, whose children hold the pipes open.
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself between our decision and the signal, which is what we wanted.
        }
    }
}
