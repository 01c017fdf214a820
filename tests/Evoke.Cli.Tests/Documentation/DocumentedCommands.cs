using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Evoke.Cli.Tests.Documentation;

/// <summary>The command lines and code in the pages of the documentation.</summary>
internal static partial class DocumentedCommands
{
    /// <summary>The pages of the documentation and the packages' own, by their paths from the root of the checkout.</summary>
    public static IEnumerable<string> Pages { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .Concat(Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.Combine(folder, "README.md")).Where(File.Exists))
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal),
        "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", Path.Combine("bench", "README.md"), Path.Combine("site", "index.md"),
    ];

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

    /// <summary>The commands of a page for the shell, evoke's and others', as they are printed; a loop is one command.</summary>
    public static IEnumerable<string> Shell(string page) => ShellBlock().Matches(Text(page)).SelectMany(block => Commands(block.Groups[1].Value));

    /// <summary>The languages of a page's code blocks; "" for a block that does not name one.</summary>
    public static IEnumerable<string> Languages(string page) => CodeBlock().Matches(Text(page))
        .Select(block => block.Value[3..block.Value.IndexOf('\n', StringComparison.Ordinal)]);

    /// <summary>The text of a page without its code blocks.</summary>
    public static string WithoutBlocks(string page) => CodeBlock().Replace(Text(page), "");

    /// <summary>The C# code blocks of a page.</summary>
    public static IEnumerable<string> CSharp(string page) => CSharpBlock().Matches(Text(page)).Select(block => block.Groups[1].Value);

    private static IEnumerable<string> Commands(string block)
    {
        List<string> command = [];
        foreach (string line in block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            command.Add(line);
            if (!command[0].StartsWith("for ", StringComparison.Ordinal) || line == "done")
            {
                yield return string.Join('\n', command);
                command.Clear();
            }
        }
    }

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^```bash\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"^ *(?:\./)?evoke (.+?)(?: #.*)?$", RegexOptions.Multiline)]
    private static partial Regex BlockCommand();
}
