using Evoke.Files.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Evoke.Studio;

/// <summary>Writes the log of the server, a line for each entry; what would control the terminal, such as part of a file's name, is escaped.</summary>
internal sealed class ShownConsoleFormatter : ConsoleFormatter
{
    /// <summary>The name under which the logging of .NET knows it.</summary>
    public const string FormatterName = "shown";

    /// <summary>Creates the formatter.</summary>
    public ShownConsoleFormatter()
        : base(FormatterName)
    {
    }

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(ShownText.OneLine($"{Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {message}"));
        if (logEntry.Exception is { } fault)
        {
            textWriter.Write($"\n  {ShownText.Escape(fault.ToString()).Replace("\n", "\n  ", StringComparison.Ordinal)}");
        }

        textWriter.Write('\n');
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Warning => "warning",
        LogLevel.Error or LogLevel.Critical => "error",
        _ => "info",
    };
}
