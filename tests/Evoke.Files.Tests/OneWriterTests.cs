using System.Text.RegularExpressions;
using Evoke.Testing;

namespace Evoke.Files.Tests;

/// <summary>Only <see cref="AtomicFile"/> writes files, or a comment next to the code says why not.</summary>
public sealed partial class OneWriterTests
{
    private const string Reason = "Not AtomicFile: ";
    private const int LinesThatTheReasonCovers = 6;

    [Fact]
    public void NothingElseOpensFilesForWriting()
    {
        Assert.SkipWhen(SourceTree.Root is null, "The tests run without their sources.");
        List<string> found = [];
        int files = 0;
        foreach (string path in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.cs", SearchOption.AllDirectories).Where(IsOurs))
        {
            files++;
            string[] lines = File.ReadAllLines(path);
            for (int i = 0; i < lines.Length; i++)
            {
                if (Writes(lines[i]) && !lines[Math.Max(0, i - LinesThatTheReasonCovers)..(i + 1)].Any(line => line.Contains(Reason, StringComparison.Ordinal)))
                {
                    found.Add($"{Path.GetRelativePath(SourceTree.Root, path)}({i + 1}): {lines[i].Trim()}");
                }
            }
        }

        files.ShouldBeGreaterThan(300);
        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("File.WriteAllText(path, text);", true)]
    [InlineData("using FileStream file = new(path, FileMode.Append);", true)]
    [InlineData("using StreamWriter file = File.CreateText(path);", true)]
    [InlineData("System.IO.File.Move(a, b);", true)]
    [InlineData("using FileStream file = new(path, FileMode.Open);", false)]
    [InlineData("ModelFile.Write(path, content);", false)]
    [InlineData("AtomicFile.Write(path, stream => stream.Write(bytes));", false)]
    [InlineData("/// <see cref=\"File.WriteAllText(string, string)\"/>", false)]
    public void WhatWritesIsKnown(string line, bool writes) => Writes(line).ShouldBe(writes);

    private static bool IsOurs(string path)
    {
        string[] parts = Path.GetRelativePath(SourceTree.Root!, path).Split(Path.DirectorySeparatorChar);
        return parts[1] != "Evoke.Files" && !parts.Contains("obj") && !parts.Contains("bin");
    }

    private static bool Writes(string line) => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Writer().IsMatch(line);

    [GeneratedRegex(
        @"(?<!\w)File\.(Create\w*|OpenWrite|Write\w+|Append\w+|Move|Replace|Copy)\(|"
        + @"FileMode\.(Create|CreateNew|Append|OpenOrCreate|Truncate)\b|FileOptions\.DeleteOnClose")]
    private static partial Regex Writer();
}
