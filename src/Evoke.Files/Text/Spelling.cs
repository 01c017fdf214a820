namespace Evoke.Files.Text;

/// <summary>Suggests the name that was meant by an unknown one.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class Spelling
{
    private const int ShortestSlip = 4;
    private const int LongestName = 100; // longer words are not misspelt names, and comparing them takes time

    /// <summary>The known name with the smallest edit distance (Levenshtein) to a misspelt one; null if none is close.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">The known names.</param>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length <= LongestName && known.MinBy(name => Distance(name, word)) is { } nearest && Distance(nearest, word) <= Math.Max(2, word.Length / 3)
            ? nearest
            : null;
    }

    /// <summary>True if a word is a known name with one slip: a letter left out, added or changed, or two neighbours swapped. Words of fewer than four letters
    /// are too short to tell.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">The known name.</param>
    public static bool IsSlipOf(string word, string known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        if (Math.Min(word.Length, known.Length) < ShortestSlip || Math.Abs(word.Length - known.Length) > 1 || word == known)
        {
            return false;
        }

        int same = word.Zip(known).TakeWhile(pair => pair.First == pair.Second).Count();
        string left = word[same..], right = known[same..];
        return (left.Length > 0 && left.Length == right.Length && left[1..] == right[1..])
            || (left.Length > 0 && left[1..] == right)
            || (right.Length > 0 && right[1..] == left)
            || (left.Length > 1 && right.Length > 1 && left[0] == right[1] && left[1] == right[0] && left[2..] == right[2..]);
    }

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
