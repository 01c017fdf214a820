using System.Reflection;
using System.Text.RegularExpressions;
using Evoke.Files;
using Evoke.Testing;

namespace Evoke.Cli.Tests;

/// <summary>The table of docs/architecture.md names every error that ends a run of many, and no other.</summary>
public sealed partial class EndsRunTests
{
    [Fact]
    public void TheTableNamesThemAll()
    {
        Assert.SkipWhen(SourceTree.Root is null, "The tests run without their sources.");
        string[] rows = [.. File.ReadLines(Path.Combine(SourceTree.Root, "docs", "architecture.md"))
            .SkipWhile(line => !line.Contains("These errors end a run:", StringComparison.Ordinal))
            .Skip(4)
            .TakeWhile(line => line.TrimStart().StartsWith('|'))];
        string[] told = [.. rows.SelectMany(row => Name().Matches(row).Select(match => match.Groups[1].Value))];

        string[] found = [.. Directory.GetFiles(AppContext.BaseDirectory, "Evoke.*.dll")
            .Where(path => !Path.GetFileName(path).Contains("Test", StringComparison.Ordinal))
            .SelectMany(path => Assembly.Load(Path.GetFileNameWithoutExtension(path)).GetTypes())
            .Where(type => type.IsSubclassOf(typeof(EvokeException))
                && type.GetProperty(nameof(EvokeException.EndsRun), BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null)
            .Select(type => type.Name)];

        told.Order().ShouldBe(found.Order());
    }

    [GeneratedRegex("`(\\w+Exception)`")]
    private static partial Regex Name();
}
