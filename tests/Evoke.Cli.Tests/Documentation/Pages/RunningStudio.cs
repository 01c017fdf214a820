using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Evoke.Cli.Tests.Documentation.Pages;

/// <summary>A command that starts Studio, while it runs.</summary>
internal sealed partial class RunningStudio : IAsyncDisposable
{
    private readonly Process _process;

    private RunningStudio(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>The address that it printed.</summary>
    public Uri Address { get; }

    /// <summary>Starts it and waits for its address.</summary>
    public static async Task<RunningStudio> StartAsync(PageShell shell, string command)
    {
        ProcessStartInfo start = new("env", ["--default-signal", "bash", "-c", "exec " + command + " 2>&1"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = shell.Folder.Path,
        };
        foreach ((string name, string? value) in shell.Environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        List<string> said = [];
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
            if (PrintedAddress().Match(line) is { Success: true } address)
            {
                return new RunningStudio(process, new Uri(address.Value));
            }
        }

        process.Dispose();
        throw new InvalidOperationException($"{command} ended without an address:\n{string.Join('\n', said)}");
    }

    /// <summary>Ends it as Ctrl-C does.</summary>
    public async ValueTask DisposeAsync()
    {
        await EvokeProcess.SignalAsync("-INT", _process.Id);
        await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/?")]
    private static partial Regex PrintedAddress();
}
