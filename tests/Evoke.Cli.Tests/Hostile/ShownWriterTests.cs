using Evoke.Cli.Shell;

namespace Evoke.Cli.Tests.Hostile;

public sealed class ShownWriterTests
{
    [Fact]
    public void EveryWayToWriteEscapes()
    {
        using StringWriter inner = new();
        using ShownWriter writer = new(inner);
        writer.Write('\u001b');
        writer.Write("\u001b");
        writer.Write(['\u001b', 'a'], 0, 2);
        writer.Write("\u001b".AsSpan());
        writer.WriteLine("\u001b");
        writer.Write("{0}", "\u001b");
        writer.WriteLine();
        writer.Flush();
        inner.ToString().ShouldBe("\\u001B\\u001B\\u001Ba\\u001B\\u001B\n\\u001B\n");
    }

    [Fact]
    public void JsonStaysJsonWithTheSameMeaning()
    {
        using StringWriter output = new();
        new Terminal(output, TextWriter.Null).WriteJson(new { Name = "gpj\u202e.exe" });
        output.ToString().ShouldContain("gpj\\u202E.exe");
        System.Text.Json.JsonDocument.Parse(output.ToString()).RootElement.GetProperty("name").GetString().ShouldBe("gpj\u202e.exe");
    }

    [Fact]
    public void ALineBreakInAMessageDoesNotBeginAnotherMessage()
    {
        using StringWriter error = new();
        new Terminal(TextWriter.Null, error).Fail("failed: a\nevoke: done.mp4: it is empty");
        error.ToString().ShouldBe("failed: a\n  evoke: done.mp4: it is empty\n");
    }
}
