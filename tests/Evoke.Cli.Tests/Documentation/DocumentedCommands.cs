using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Evoke.Cli.Tests.Documentation;

/// <summary>The command lines and code in the pages of the documentation.</summary>
internal static partial class DocumentedCommands
{
    /// <summary>The text of a page.</summary>
    /// <param name="page">Its path from the root of the checkout: "docs/start.md".</param>
    public static string Text(string page) => File.ReadAllText(Path.Combine(Repository.Root, page));

    /// <summary>The lines of code blocks that call <c>evoke</c>, without its name and without comments.</summary>
    public static IEnumerable<string> Lines(string page) =>
        from block in CodeBlock().Matches(Text(page))
        from command in BlockCommand().Matches(block.Value.Replace("\\\n", " ", StringComparison.Ordinal))
        select command.Groups[1].Value.Trim();

    /// <summary>The same as arguments.</summary>
    public static IEnumerable<string[]> Arguments(string page) => Lines(page).Select(line => CommandLineParser.SplitCommandLine(line).ToArray());

    /// <summary>The text of a page without its code blocks.</summary>
    public static string WithoutBlocks(string page) => CodeBlock().Replace(Text(page), "");

    /// <summary>The C# code blocks of a page.</summary>
    public static IEnumerable<string> CSharp(string page) => CSharpBlock().Matches(Text(page)).Select(block => block.Groups[1].Value);

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"^ *(?:\./)?evoke (.+?)(?: #.*)?$", RegexOptions.Multiline)]
    private static partial Regex BlockCommand();
}
