using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evoke.Cli.Shell;

/// <summary>Where a verb prints: results on standard output, everything said to people while it works on standard error.</summary>
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
        // The text goes to a pipe, not into a page: file names stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Standard output: results.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error: progress, warnings, errors.</summary>
    public TextWriter Error { get; }

    /// <summary>True if a person watches standard output: colours and drawings are welcome.</summary>
    public bool OutIsInteractive { get; init; }

    /// <summary>True if a person watches standard error: moving progress bars are welcome.</summary>
    public bool ErrorIsInteractive { get; init; }

    /// <summary>Columns of the terminal; 80 where there is none.</summary>
    public int Width { get; init; } = 80;

    /// <summary>How much is said on standard error.</summary>
    public Verbosity Verbosity { get; init; } = Verbosity.Normal;

    /// <summary>The terminal that the process has.</summary>
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

    /// <summary>The same terminal, where another amount is said.</summary>
    public Terminal With(Verbosity verbosity) => new(Out, Error)
    {
        OutIsInteractive = OutIsInteractive,
        ErrorIsInteractive = ErrorIsInteractive,
        Width = Width,
        Verbosity = verbosity,
    };

    /// <summary>A line on standard error about what went wrong: said however quiet a verb is to be.</summary>
    public void Fail(string line) => Write(line);

    /// <summary>A line for people on standard error: a note, a warning, progress. Above the progress bars if there are any.</summary>
    public void Log(string line)
    {
        if (Verbosity >= Verbosity.Normal)
        {
            Write(line);
        }
    }

    /// <summary>A line on standard error for those who want to know more: what was read, chosen, timed.</summary>
    public void Detail(string line)
    {
        if (Verbosity >= Verbosity.Verbose)
        {
            Write(line);
        }
    }

    /// <summary>A value as indented JSON, on standard output.</summary>
    public void WriteJson<T>(T value) => Out.WriteLine(JsonSerializer.Serialize(value, JsonOptions));

    /// <summary>While progress bars are on the screen, lines go through their owner.</summary>
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
