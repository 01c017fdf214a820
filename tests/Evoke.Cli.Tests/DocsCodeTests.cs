using System.Text.RegularExpressions;

namespace Evoke.Cli.Tests;

/// <summary>Code on pages of the documentation is code of the samples, which are built with the solution.</summary>
public sealed partial class DocsCodeTests
{
    [Theory]
    [InlineData("docs/extending.md", "samples/OwnHead", 10)]
    [InlineData("docs/library.md", "samples/ManyFilms", 3)]
    public void EveryPieceOfCodeIsOfASample(string page, string sample, int atLeast)
    {
        string[] files =
        [
            .. Directory.GetFiles(Path.Combine(Repository.Root, sample)).Where(file => Path.GetExtension(file) is ".cs" or ".yaml").Select(File.ReadAllText),
        ];
        string[] pieces = [.. Code().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(block => block.Groups[1].Value)];

        pieces.Length.ShouldBeGreaterThanOrEqualTo(atLeast);
        pieces.Where(piece => !files.Any(file => file.Contains(piece, StringComparison.Ordinal))).ShouldBeEmpty($"not in {sample}");
    }

    [GeneratedRegex("^```(?:csharp|yaml)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
