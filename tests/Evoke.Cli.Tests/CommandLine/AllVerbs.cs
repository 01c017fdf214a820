using System.CommandLine;
using Evoke.Cli.Verbs;

namespace Evoke.Cli.Tests.CommandLine;

/// <summary>All verbs of the command line, including those added later.</summary>
internal static class AllVerbs
{
    /// <summary>The words of every command, groups such as "models" among them: "models pull".</summary>
    public static TheoryData<string> Commands => [.. Below(EvokeCommandLine.CreateRoot(), "").Select(found => found.Words)];

    /// <summary>The words of every verb that can be run.</summary>
    public static TheoryData<string> Verbs => [.. Below(EvokeCommandLine.CreateRoot(), "").Where(found => found.Command is Verb).Select(found => found.Words)];

    /// <summary>A command by its words.</summary>
    public static Command Find(string words) => Below(EvokeCommandLine.CreateRoot(), "").Single(found => found.Words == words).Command;

    /// <summary>Words as arguments.</summary>
    public static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<(string Words, Command Command)> Below(Command command, string words) =>
        command.Subcommands.SelectMany(sub => Below(sub, $"{words} {sub.Name}".TrimStart()).Prepend(($"{words} {sub.Name}".TrimStart(), sub)));
}
