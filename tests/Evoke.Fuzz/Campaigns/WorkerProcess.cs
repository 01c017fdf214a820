using System.Diagnostics;
using System.Globalization;
using Evoke.Fuzz.Readers;

namespace Evoke.Fuzz.Campaigns;

/// <summary>What a worker does.</summary>
internal enum WorkerState
{
    /// <summary>It has read an input.</summary>
    Works,

    /// <summary>It has read all of them.</summary>
    Ended,

    /// <summary>An input takes too long; the process has been killed.</summary>
    Hangs,

    /// <summary>It ended before its last input.</summary>
    Crashed,
}

/// <summary>The parent's side of a <see cref="Worker"/>.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int Fields = 5;
    private const string HeapLimit = "0x80000000"; // 2 GiB: more is an OutOfMemoryException, and so a finding.

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly TimeSpan _hang;

    public WorkerProcess(FuzzedReader reader, CampaignOptions options, int first, string folder)
    {
        _hang = options.Hang;
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Worker.Argument, reader.Name, options.Seed.ToString(CultureInfo.InvariantCulture), first.ToString(CultureInfo.InvariantCulture),
                options.Inputs.ToString(CultureInfo.InvariantCulture), folder,
            },
            Environment = { ["DOTNET_GCHeapHardLimit"] = HeapLimit, ["DOTNET_DbgEnableMiniDump"] = "0" },
        })!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits for the next input: the worker's line about it, or what it said when it crashed.</summary>
    public async Task<(WorkerState State, string Line)> NextAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_hang);
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false) is { } line)
            {
                if (line == Worker.End)
                {
                    return (WorkerState.Ended, line);
                }

                if (line.Split('\t').Length == Fields)
                {
                    return (WorkerState.Works, line);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (WorkerState.Hangs, "");
        }

        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        string[] said = (await _errors.ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string first = said.FirstOrDefault(text => !text.StartsWith("Repeat", StringComparison.Ordinal)) ?? "";
        string frame = said.FirstOrDefault(text => text.StartsWith("at Evoke.", StringComparison.Ordinal)) ?? "";
        return (WorkerState.Crashed, FormattableString.Invariant($"the process ends with code {_process.ExitCode} {frame} ## {first}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
