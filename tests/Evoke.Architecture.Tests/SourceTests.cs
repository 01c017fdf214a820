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
            .SelectMany(path => LinesWith(ScriptCall(), path))
            .ShouldBeEmpty();

    // .NET's own client gives up after 100 s, which is a timed assertion where a server is real.
    [Fact]
    public void TestsWaitForServersThroughPatientClientsOnly() =>
        Sources("tests")
            .Where(path => Path.GetFileName(path) is not ("PatientClient.cs" or "FileDownloadTests.cs"))
            .SelectMany(path => LinesWith(OwnClient(), path))
            .ShouldBeEmpty();

    // As `dotnet format` orders them, which the build does not check.
    [Fact]
    public void UsingsAreSorted() =>
        Sources("src", "tests", "bench", "samples")
            .Where(path =>
            {
                List<string> usings = [.. File.ReadLines(path).Where(line => Using().IsMatch(line))];
                return !usings.SequenceEqual(usings.OrderBy(UsingKind).ThenBy(UsingKey, StringComparer.OrdinalIgnoreCase));
            })
            .Select(path => Path.GetRelativePath(SourceProject.Root, path))
            .ShouldBeEmpty("dotnet format Evoke.slnx sorts them");

    private static IEnumerable<string> LinesWith(Regex pattern, string path) => File.ReadLines(path)
        .Where(line => pattern.IsMatch(line))
        .Select(line => $"{Path.GetRelativePath(SourceProject.Root, path)}: {line.Trim()}");

    private static int UsingKind(string line) =>
        line.Contains(" = ", StringComparison.Ordinal) ? 2 : line.StartsWith("using static ", StringComparison.Ordinal) ? 1 : 0;

    // System first; a namespace before those in it.
    private static string UsingKey(string line)
    {
        string name = line.Replace("using ", "", StringComparison.Ordinal).Replace("static ", "", StringComparison.Ordinal).TrimEnd(';');
        bool isSystem = name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
        return (isSystem ? "0" : "1") + name.Replace('.', '\u0001');
    }

    private static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SourceProject.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^using [\w. =]+;$")]
    private static partial Regex Using();

    [GeneratedRegex(@"new HttpClient(?:\(\)| \{)|HttpClient \w+ = new\(\)")]
    private static partial Regex OwnClient();

    [GeneratedRegex(@"\.invoke(<[^(]*>)?\(")]
    private static partial Regex ScriptCall();

    // At the left margin: nested types may have names that only their outer type makes clear.
    [GeneratedRegex(
        @"^(?:public|internal|file)(?: (?:sealed|static|abstract|readonly|partial|unsafe|ref))* (?:class|struct|interface|enum|record struct|record) "
        + @"(?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex TypeDeclaration();
}
