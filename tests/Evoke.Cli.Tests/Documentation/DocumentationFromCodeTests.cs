using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Evoke.Cli.Shell;
using Microsoft.Extensions.Logging;

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
    public void EveryEventOfTheLogIsListedOnceByItsId()
    {
        string path = Path.Combine(Repository.Root, "docs", "library.md");
        string page = File.ReadAllText(path);
        const string head = "| id | level | event | message |\n|---:|---|---|---|\n";
        int from = page.IndexOf(head, StringComparison.Ordinal) + head.Length, to = page.IndexOf("\n## ", from, StringComparison.Ordinal);
        (int Id, string Row)[] events =
        [
            .. Directory.GetFiles(AppContext.BaseDirectory, "Evoke.*.dll").Where(file => !Path.GetFileName(file).Contains("Test", StringComparison.Ordinal))
                .SelectMany(file => Assembly.LoadFrom(file).GetTypes())
                .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Select(method => (method.Name, Event: method.GetCustomAttribute<LoggerMessageAttribute>()))
                .Where(found => found.Event is not null && found.Event.EventId > 0)
                .Select(found => (found.Event!.EventId, Row: $"| {found.Event.EventId} | {found.Event.Level} | {found.Name} | {found.Event.Message} |\n"))
                .OrderBy(found => found.EventId),
        ];
        events.Select(found => found.Id).ShouldBeUnique();
        string rows = string.Concat(events.Select(found => found.Row));
        if (Environment.GetEnvironmentVariable("EVOKE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, page = page[..from] + rows + page[to..]);
        }

        page.ShouldContain(head + rows + "\n## ", customMessage: "run the tests once with EVOKE_WRITE_DOCS=1");
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
