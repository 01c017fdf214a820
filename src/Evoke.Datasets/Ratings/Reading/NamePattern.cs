using System.Text;
using System.Text.RegularExpressions;
using Evoke.Datasets.Ratings.Tables;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>A pattern such as "{rater}_{video}" that takes apart the name of a file, and of the folders or the sheet that it is in or has.</summary>
internal sealed partial class NamePattern
{
    private static readonly string[] s_parts = ["video", "rater", "curve", "*"];

    private readonly string _text;
    private readonly Regex _regex;
    private readonly int _levels;

    private NamePattern(string text, Regex regex) => (_text, _regex, _levels) = (text, regex, text.Count(letter => letter == '/') + 1);

    /// <summary>Reads a pattern.</summary>
    /// <returns>Null if it is not one.</returns>
    public static NamePattern? TryParse(string text)
    {
        StringBuilder regex = new("^");
        HashSet<string> seen = [];
        int end = 0;
        foreach (Match part in Part().Matches(text))
        {
            string name = part.Groups[1].Value;
            if (!s_parts.Contains(name) || (name != "*" && !seen.Add(name)))
            {
                return null;
            }

            regex.Append(Regex.Escape(text[end..part.Index])).Append(name == "*" ? "[^/]*?" : $"(?<{name}>[^/]+?)");
            end = part.Index + part.Length;
        }

        regex.Append(Regex.Escape(text[end..])).Append('$');
        return seen.Count > 0 ? new NamePattern(text, new Regex(regex.ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)) : null;
    }

    /// <summary>Takes a table's name apart.</summary>
    /// <exception cref="RatingFilesException">The name does not have this form.</exception>
    public (string? Video, string? Rater, string? Curve) Read(SourceTable table)
    {
        string name = string.Join('/', LevelsOf(table).TakeLast(_levels));
        Match match = _regex.Match(name);
        return match.Success
            ? (ValueOf("video"), ValueOf("rater"), ValueOf("curve"))
            : throw new RatingFilesException(table.At(0), $"a name of the form '{_text}'", $"'{name}'");

        string? ValueOf(string part) => match.Groups[part] is { Success: true, Value: var value } ? value : null;
    }

    /// <summary>A file's name without folders and without its extensions: ".tsv.gz" is one.</summary>
    public static string StemOf(string path)
    {
        string name = Path.GetFileName(path);
        return Path.GetFileNameWithoutExtension(name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name);
    }

    private static IEnumerable<string> LevelsOf(SourceTable table)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(table.File)) ?? "";
        string[] above = folder.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        return [.. above, StemOf(table.File), .. table.NamingSheet is { } sheet ? [sheet] : Array.Empty<string>()];
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Part();
}
