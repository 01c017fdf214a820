using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Evoke.Cli.Tests.Documentation;
using Evoke.Cli.Verbs;

namespace Evoke.Cli.Tests;

/// <summary>The command lines in the documentation are valid, and its links lead to existing files.</summary>
public sealed partial class DocsTests
{
    public static TheoryData<string> Pages => [.. DocumentedCommands.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryCommandLineIsOneThatEvokeTakes(string page) =>
        DocumentedCommands.Lines(page).SelectMany(line => Parse(line).Mistakes.Select(mistake => $"evoke {line}: {mistake}")).ShouldBeEmpty();

    /// <summary>In a sentence, a command may omit required values or use placeholders such as FILE or I/N; its verbs and options must exist.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryVerbAndOptionInASentenceIsThere(string page)
    {
        foreach (Match sentence in SentenceCommand().Matches(DocumentedCommands.WithoutBlocks(page)))
        {
            Parse(sentence.Groups[1].Value).Parsed.UnmatchedTokens.ShouldBeEmpty(sentence.Value);
            Parse(sentence.Groups[1].Value).Mistakes.Where(mistake => mistake.Contains("has no option", StringComparison.Ordinal))
                .ShouldBeEmpty(sentence.Value);
        }
    }

    [Fact]
    public void TheSiteListsEveryPage()
    {
        string contents = File.ReadAllText(Path.Combine(Repository.Root, "docs", "toc.yml"));

        Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(path => Path.GetFileName(path))
            .Where(page => !contents.Contains($"href: {page}\n", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLinkLeadsSomewhere(string page) => RelativeLink().Matches(DocumentedCommands.Text(page)).Select(link => link.Groups[1].Value)
        .Where(link => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link))).ShouldBeEmpty();

    [Fact]
    public void ThePagesHaveCommandLines()
    {
        DocumentedCommands.Lines(Path.Combine("docs", "cluster.md")).ShouldContain("slurm status plan.yaml");
        SentenceCommand().Count(DocumentedCommands.WithoutBlocks("CHANGELOG.md")).ShouldBeGreaterThan(10);
    }

    private static ParsedLine Parse(string line) => EvokeCommandLine.Parse([.. CommandLineParser.SplitCommandLine(line)]);

    [GeneratedRegex(@"`(?:\./)?evoke ([^`|]+)`")]
    private static partial Regex SentenceCommand();

    [GeneratedRegex(@"\]\((?!https?:|xref:)([^)#]+)(?:#[^)]*)?\)")]
    private static partial Regex RelativeLink();
}
