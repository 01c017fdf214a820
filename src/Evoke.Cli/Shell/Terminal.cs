using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evoke.Files.Text;

namespace Evoke.Cli.Shell;

/// <summary>Where a verb prints: results on standard output, messages and progress on standard error.</summary>
internal sealed class Terminal
{
    private readonly Lock _gate = new();
    private Action<string>? _above;

    public Terminal(TextWriter output, TextWriter error)
    {
        OutDrawing = output;
        ErrorDrawing = error;
        Out = new ShownWriter(output);
        Error = new ShownWriter(error);
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

    /// <summary>Standard output: results. Characters that would control the terminal are written escaped.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error: progress, warnings, errors. Characters that would control the terminal are written escaped.</summary>
    public TextWriter Error { get; }

    /// <summary>Standard output as it is, for colours. Text from outside must be escaped before (<see cref="ShownText"/>).</summary>
    public TextWriter OutDrawing { get; }

    /// <summary>Standard error as it is, for progress bars. Text from outside must be escaped before (<see cref="ShownText"/>).</summary>
    public TextWriter ErrorDrawing { get; }

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
        return new Terminal(new StandardOutput(Console.Out), Console.Error)
        {
            OutIsInteractive = outIsInteractive,
            ErrorIsInteractive = errorIsInteractive,
            Width = outIsInteractive && Console.WindowWidth is > 0 and var width ? width : 80,
        };
    }

    /// <summary>The same terminal with another verbosity.</summary>
    public Terminal With(Verbosity verbosity) => new(OutDrawing, ErrorDrawing)
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
        string shown = Indented(ShownText.Escape(line));
        lock (_gate)
        {
            if (_above is { } above)
            {
                above(shown);
            }
            else
            {
                Error.WriteLine(shown);
            }
        }
    }

    // A line break in a file name must not look like the begin of another message.
    private static string Indented(string line) => line.Contains('\n', StringComparison.Ordinal)
        ? string.Join('\n', line.Split('\n').Select((part, i) => i == 0 || part.Length == 0 || part[0] == ' ' ? part : "  " + part))
        : line;
}
