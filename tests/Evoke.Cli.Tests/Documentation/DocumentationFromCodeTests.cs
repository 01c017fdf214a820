using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Evoke.Cli.Shell;

namespace Evoke.Cli.Tests.Documentation;

/// <summary>Pages that repeat what the code says, say the same.</summary>
public sealed partial class DocumentationFromCodeTests
{
    [Fact]
    public void ThePageOfCommandsIsMadeFromTheCode()
    {
        string path = Path.Combine(Repository.Root, "docs", "commands.md");
        if (Environment.GetEnvironmentVariable("EVOKE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, CommandPage.ToMarkdown());
        }

        File.ReadAllText(path).ShouldBe(CommandPage.ToMarkdown(), "run the tests once with EVOKE_WRITE_DOCS=1");
    }

    [Fact]
    public void EveryExitCodeIsExplained()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "outputs.md"));
        string table = page[page.IndexOf("## Exit codes", StringComparison.Ordinal)..];

        int[] explained = [.. CodeRow().Matches(table).Select(row => int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture))];

        explained.ShouldBe(typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!).Order());
    }

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex CodeRow();
}
