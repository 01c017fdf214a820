using System.Diagnostics;
using Evoke.Testing;

namespace Evoke.Bench;

/// <summary>Runs a peer written in Python, if it is installed.</summary>
internal static class PythonPeer
{
    // The distribution's interpreter has the distribution's PyTorch (Debian, Ubuntu: python3-torch).
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Runs bench/peers/<paramref name="script"/>; prints a message and returns false if it cannot be run.</summary>
    /// <param name="script">Name of the script.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="output">What it printed.</param>
    public static bool TryRun(string script, IEnumerable<string> arguments, out string output)
    {
        output = "";
        string path = Path.Combine(SourceTree.Root ?? ".", "bench", "peers", script);
        if (!File.Exists(Interpreter) || !File.Exists(path))
        {
            Console.Error.WriteLine($"SKIPPED: {Interpreter} or {path} was not found.");
            return false;
        }

        ProcessStartInfo start = new(Interpreter, [path, .. arguments]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            Console.Error.WriteLine($"SKIPPED: {script} ended with code {process.ExitCode} (is python3-torch installed?).");
        }

        return process.ExitCode == 0;
    }
}
