using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Evoke.Testing;

/// <summary>Keeps what is logged. Thread-safe.</summary>
public sealed class CollectingLogger : ILogger
{
    private readonly ConcurrentQueue<LoggedEvent> _events = [];

    /// <summary>All events, in order.</summary>
    public IReadOnlyList<LoggedEvent> Events => [.. _events];

    /// <summary>The names of all events, in order.</summary>
    public IEnumerable<string?> Names => _events.Select(logged => logged.Name);

    /// <summary>The only event of a name.</summary>
    public LoggedEvent Only(string name) => _events.Single(logged => logged.Name == name);

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var fields = ((IReadOnlyList<KeyValuePair<string, object?>>)state!).ToDictionary(field => field.Key, field => field.Value);
        _events.Enqueue(new LoggedEvent(logLevel, eventId.Id, eventId.Name, formatter(state, exception), fields, exception));
    }
}

/// <summary>One event of a log.</summary>
public sealed record LoggedEvent(
    LogLevel Level, int Id, string? Name, string Text, IReadOnlyDictionary<string, object?> Fields, Exception? Error);
