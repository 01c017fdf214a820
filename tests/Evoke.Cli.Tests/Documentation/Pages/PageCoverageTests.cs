using System.Reflection;

namespace Evoke.Cli.Tests.Documentation.Pages;

/// <summary>Every command of the documentation is run by the test of its page, or listed with the reason why not.</summary>
public sealed class PageCoverageTests
{
    private const string Generated = "docs/commands.md"; // from the command line itself

    private static readonly string[] s_languages = ["bash", "text", "csharp", "json", "yaml", "python", "sql"];

    [Fact]
    public void EveryPageWithCommandsHasATestThatRunsThem()
    {
        string[] tested =
        [
            .. typeof(PageTests).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PageTests)))
                .Select(type => type.GetCustomAttribute<PageAttribute>().ShouldNotBeNull(type.Name).Path),
        ];

        tested.Order(StringComparer.Ordinal).ShouldBe(
            DocumentedCommands.Pages.Except([Generated]).Where(page => DocumentedCommands.Shell(page).Any(command => UnrunCommands.Reason(command) is null))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryReasonNotToRunACommandIsOfACommand()
    {
        string[] commands = [.. DocumentedCommands.Pages.SelectMany(DocumentedCommands.Shell)];

        UnrunCommands.Table.Select(row => row.Part).Where(part => !commands.Any(command => command.Contains(part, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void EveryBlockNamesItsLanguageSoThatCommandsAreSeen()
    {
        foreach (string page in DocumentedCommands.Pages.Except([Generated]))
        {
            DocumentedCommands.Languages(page).Except(s_languages).ShouldBeEmpty(page);
            DocumentedCommands.Lines(page).Count().ShouldBe(
                DocumentedCommands.Shell(page).SelectMany(command => command.Split('\n')).Count(IsOfEvoke), $"{page}: a command outside a block for bash");
        }

        static bool IsOfEvoke(string line) =>
            line.TrimStart().StartsWith("evoke ", StringComparison.Ordinal) || line.StartsWith("./evoke ", StringComparison.Ordinal);
    }
}
