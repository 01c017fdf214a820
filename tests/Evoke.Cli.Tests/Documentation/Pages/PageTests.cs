using System.Reflection;
using Evoke.Cli.Shell;

namespace Evoke.Cli.Tests.Documentation.Pages;

/// <summary>Whoever types what a page says, line by line, gets what the page says.</summary>
/// <remarks>
/// A class for each page prepares an empty folder with what the page presumes. Then all commands of the page run in its order, in a shell and with the built
/// program, except those that <see cref="UnrunCommands"/> lists. Films are small, and <see cref="Changes"/> says what else is made small.
/// </remarks>
public abstract class PageTests : IDisposable
{
    private readonly PageShell _shell = new();

    /// <summary>What runs in place of what is printed: the first text of a pair, which a command of the page contains, becomes the second.</summary>
    private protected virtual (string Printed, string Run)[] Changes => [];

    private protected PageShell Shell => _shell;

    public virtual void Dispose()
    {
        _shell.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact(Explicit = true)]
    public async Task EveryCommandWorks()
    {
        string page = GetType().GetCustomAttribute<PageAttribute>()!.Path;
        string[] commands = [.. DocumentedCommands.Shell(page).Where(command => UnrunCommands.Reason(command) is null)];
        commands.ShouldNotBeEmpty();
        Changes.Select(change => change.Printed).Where(printed => !commands.Any(command => command.Contains(printed, StringComparison.Ordinal)))
            .ShouldBeEmpty("is changed, but not on the page");

        await PrepareAsync();
        foreach (string command in commands)
        {
            await RunAsync(Changes.Aggregate(command, (text, change) => text.Replace(change.Printed, change.Run, StringComparison.Ordinal)));
        }

        Check();
    }

    /// <summary>Makes what the page presumes.</summary>
    private protected abstract Task PrepareAsync();

    /// <summary>Looks at what the page says that there is in the end.</summary>
    private protected virtual void Check()
    {
    }

    /// <summary>Runs a command, of the page or to prepare it, which must succeed.</summary>
    private protected virtual async Task RunAsync(string command) => await DoneAsync(command);

    /// <summary>The same; what it printed.</summary>
    private protected async Task<string> DoneAsync(string command)
    {
        CommandResult result = await _shell.RunAsync(command);
        result.ExitCode.ShouldBe(ExitCode.Done, $"{command}\n{result.Out}\n{result.Error}");
        return result.Out;
    }

    /// <summary>Checks that there are files.</summary>
    private protected void ShouldExist(params string[] names) => names.ShouldAllBe(name => File.Exists(_shell.File(name)));
}
