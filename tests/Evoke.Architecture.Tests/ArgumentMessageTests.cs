using System.Text.RegularExpressions;

namespace Evoke.Architecture.Tests;

/// <summary>.NET ends the messages of argument exceptions in "(Parameter 'name')", which is for programmers.</summary>
public sealed partial class ArgumentMessageTests
{
    [Fact]
    public void MessagesOfArgumentExceptionsReachPeopleOnlyThroughPlainMessage()
    {
        string[] found =
        [
            .. from file in Directory.EnumerateFiles(Path.Combine(SourceProject.Root, "src"), "*.cs", SearchOption.AllDirectories)
               where !file.Contains("/obj/", StringComparison.Ordinal) && Path.GetFileName(file) != "PlainMessage.cs"
               from Match handler in Handler().Matches(File.ReadAllText(file))
               where handler.Groups["kinds"].Value.Contains("Argument", StringComparison.Ordinal) && Shows(handler)
               select $"{Path.GetFileName(file)}: {handler.Value.Trim()}",
        ];
        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("catch (ArgumentException error)\n{\n    throw new X($\"it is: {error.Message}\");\n}\n")]
    [InlineData("catch (Exception e) when (e is IOException or ArgumentException)\n{\n    mistakes.Add(e.Message);\n}\n")]
    public void SuchAHandlerIsSeen(string code)
    {
        Match handler = Handler().Match(code);
        handler.Groups["kinds"].Value.ShouldContain("ArgumentException");
        Shows(handler).ShouldBeTrue();
    }

    private static bool Shows(Match handler) => handler.Groups["body"].Value.Contains($"{handler.Groups["name"].Value}.Message", StringComparison.Ordinal);

    [GeneratedRegex(@"catch \((?<kinds>\w*Exception (?<name>\w+)\)(?: when \([^{]*)?)\s*\{(?<body>[^}]*\}?[^}]*)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Handler();
}
