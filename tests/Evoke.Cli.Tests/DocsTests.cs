using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Evoke.Cli.Verbs;

namespace Evoke.Cli.Tests;

/// <summary>The command lines in the documentation are valid, and its links lead to existing files.</summary>
public sealed partial class DocsTests
{
    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Order(StringComparer.Ordinal)
            .Select(page => Path.Combine("docs", Path.GetFileName(page))),
        "README.md", "CHANGELOG.md", Path.Combine("bench", "README.md"),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryCommandLineIsOneThatEvokeTakes(string page) =>
        CommandLines(page).SelectMany(line => Parse(line).Mistakes.Select(mistake => $"evoke {line}: {mistake}")).ShouldBeEmpty();

    /// <summary>In a sentence, a command may omit required values or use placeholders such as FILE or I/N; its verbs and options must exist.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryVerbAndOptionInASentenceIsThere(string page)
    {
        foreach (Match sentence in SentenceCommand().Matches(WithoutBlocks(page)))
        {
            Parse(sentence.Groups[1].Value).Parsed.UnmatchedTokens.ShouldBeEmpty(sentence.Value);
            Parse(sentence.Groups[1].Value).Mistakes.Where(mistake => mistake.Contains("has no option", StringComparison.Ordinal))
                .ShouldBeEmpty(sentence.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLinkLeadsSomewhere(string page) => RelativeLink().Matches(Text(page)).Select(link => link.Groups[1].Value)
        .Where(link => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link))).ShouldBeEmpty();

    [Fact]
    public void ThePagesHaveCommandLines()
    {
        CommandLines(Path.Combine("docs", "cluster.md")).ShouldContain("slurm status plan.yaml");
        SentenceCommand().Count(WithoutBlocks("CHANGELOG.md")).ShouldBeGreaterThan(10);
    }

    private static ParsedLine Parse(string line) => EvokeCommandLine.Parse([.. CommandLineParser.SplitCommandLine(line)]);

    private static IEnumerable<string> CommandLines(string page) =>
        from block in CodeBlock().Matches(Text(page))
        from command in BlockCommand().Matches(block.Value.Replace("\\\n", " ", StringComparison.Ordinal))
        select command.Groups[1].Value.Trim();

    private static string WithoutBlocks(string page) => CodeBlock().Replace(Text(page), "");

    private static string Text(string page) => File.ReadAllText(Path.Combine(Repository.Root, page));

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^ *(?:\./)?evoke (.+?)(?: #.*)?$", RegexOptions.Multiline)]
    private static partial Regex BlockCommand();

    [GeneratedRegex(@"`(?:\./)?evoke ([^`|]+)`")]
    private static partial Regex SentenceCommand();

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")]
    private static partial Regex RelativeLink();
}
