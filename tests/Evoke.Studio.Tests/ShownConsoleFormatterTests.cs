using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evoke.Studio.Tests;

public sealed class ShownConsoleFormatterTests
{
    [Fact]
    public void NamesInTheLogCannotControlTheTerminal()
    {
        using StringWriter log = new();
        LogEntry<string> entry = new(
            LogLevel.Error,
            "Evoke.Studio",
            new EventId(3),
            "video a\u001b[2J\nerror: forged",
            new InvalidOperationException("odd \u202e"),
            (state, _) => state);
        new ShownConsoleFormatter().Write(entry, null, log);
        log.ToString().ShouldStartWith("error: Evoke.Studio[3] video a\\u001B[2J\\u000Aerror: forged\n  System.InvalidOperationException: odd \\u202E");
    }
}
