using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evoke.Cli.Shell;

/// <summary>Where a verb prints: results on standard output, messages and progress on standard error.</summary>
internal sealed class Terminal
{
    private readonly Lock _gate = new();
    private Action<string>? _above;

    public Terminal(TextWriter output, TextWriter error)
    {
        Out = output;
        Error = error;
    }

    /// <summary>Names in snake case, numbers and names as they are: what <c>--json</c> prints everywhere.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The output is not embedded in HTML, so file names stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Standard output: results.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error: progress, warnings, errors.</summary>
    public TextWriter Error { get; }

    /// <summary>True if standard output is a terminal, which can show colours and plots.</summary>
    public bool OutIsInteractive { get; init; }

    /// <summary>True if standard error is a terminal, which can show progress bars.</summary>
    public bool ErrorIsInteractive { get; init; }

    /// <summary>Columns of the terminal; 80 without one.</summary>
    public int Width { get; init; } = 80;

    /// <summary>How much is printed on standard error.</summary>
    public Verbosity Verbosity { get; init; } = Verbosity.Normal;

    /// <summary>The terminal of this process.</summary>
    public static Terminal Standard()
    {
        bool outIsInteractive = !Console.IsOutputRedirected;
        bool errorIsInteractive = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
        return new Terminal(Console.Out, Console.Error)
        {
            OutIsInteractive = outIsInteractive,
            ErrorIsInteractive = errorIsInteractive,
            Width = outIsInteractive && Console.WindowWidth is > 0 and var width ? width : 80,
        };
    }

    /// <summary>The same terminal with another verbosity.</summary>
    public Terminal With(Verbosity verbosity) => new(Out, Error)
    {
        OutIsInteractive = OutIsInteractive,
        ErrorIsInteractive = ErrorIsInteractive,
        Width = Width,
        Verbosity = verbosity,
    };

    /// <summary>An error line on standard error, printed even with <c>--quiet</c>.</summary>
    public void Fail(string line) => Write(line);

    /// <summary>A line on standard error: a note, a warning or progress. Printed above any progress bars.</summary>
    public void Log(string line)
    {
        if (Verbosity >= Verbosity.Normal)
        {
            Write(line);
        }
    }

    /// <summary>A detail on standard error, printed with <c>--verbose</c>: what was read, chosen, timed.</summary>
    public void Detail(string line)
    {
        if (Verbosity >= Verbosity.Verbose)
        {
            Write(line);
        }
    }

    /// <summary>A value as indented JSON, on standard output.</summary>
    public void WriteJson<T>(T value) => Out.WriteLine(JsonSerializer.Serialize(value, JsonOptions));

    /// <summary>While progress bars are shown, lines are printed by their owner.</summary>
    internal void LogAbove(Action<string>? above)
    {
        lock (_gate)
        {
            _above = above;
        }
    }

    private void Write(string line)
    {
        lock (_gate)
        {
            if (_above is { } above)
            {
                above(line);
            }
            else
            {
                Error.WriteLine(line);
            }
        }
    }
}
