using System.Text.RegularExpressions;

namespace Evoke.Architecture.Tests;

/// <summary>Rules for every source file.</summary>
public sealed partial class SourceTests
{
    private const int LongestLine = 160;

    [Fact]
    public void NoLineIsTooLong() =>
        Sources("src", "tests", "bench", "samples")
            .SelectMany(path => File.ReadLines(path).Select((line, index) => (path, Number: index + 1, line.Length)))
            .Where(line => line.Length > LongestLine)
            .Select(line => $"{Path.GetRelativePath(SourceProject.Root, line.path)}:{line.Number} has {line.Length} characters")
            .ShouldBeEmpty();

    [Fact]
    public void NoTwoTypesShareAName() =>
        Sources("src")
            .SelectMany(path => TypeDeclaration().Matches(File.ReadAllText(path)).Select(match => match.Groups["name"].Value).Distinct()
                .Select(name => (name, path)))
            .GroupBy(type => type.name, StringComparer.Ordinal)
            .Where(types => types.Count() > 1)
            .Select(types => $"{types.Key}: {string.Join(", ", types.Select(type => Path.GetRelativePath(SourceProject.Root, type.path)))}")
            .ShouldBeEmpty();

    // TorchSharp's own invoke lets the garbage collector free its numbers too early.
    [Fact]
    public void ScriptsAreCalledThroughScriptCallsOnly() =>
        Sources("src", "bench", "samples")
            .Where(path => Path.GetFileName(path) != "ScriptCalls.cs")
            .SelectMany(path => File.ReadLines(path)
                .Where(line => ScriptCall().IsMatch(line))
                .Select(line => $"{Path.GetRelativePath(SourceProject.Root, path)}: {line.Trim()}"))
            .ShouldBeEmpty();

    private static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SourceProject.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\.invoke(<[^(]*>)?\(")]
    private static partial Regex ScriptCall();

    // At the left margin: nested types may have names that only their outer type makes clear.
    [GeneratedRegex(
        @"^(?:public|internal|file)(?: (?:sealed|static|abstract|readonly|partial|unsafe|ref))* (?:class|struct|interface|enum|record struct|record) "
        + @"(?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex TypeDeclaration();
}
