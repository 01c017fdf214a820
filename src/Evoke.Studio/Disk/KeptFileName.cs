using System.Globalization;
using System.Text;

namespace Evoke.Studio.Disk;

/// <summary>The name under which an uploaded file is kept after its video was removed from the library: its display name, made safe, and made unique by the
/// id.</summary>
internal static class KeptFileName
{
    private const int LongestStem = 100;
    private const int LongestEnding = 8;
    private const string Harmless = " -_.,()+";

    /// <summary>Turns "my cut.mp4" and "1f2e" into "my cut 1f2e.mp4". Letters, digits and a few punctuation marks stay; any other character becomes an
    /// underscore.</summary>
    public static string Of(string name, string id)
    {
        string ending = Ending(name);
        StringBuilder stem = new();
        // By code points: half of a surrogate pair is not a character.
        foreach (Rune rune in name[..^ending.Length].EnumerateRunes())
        {
            if (stem.Length + rune.Utf16SequenceLength > LongestStem)
            {
                break;
            }

            stem.Append(Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                || (rune.IsAscii && Harmless.Contains((char)rune.Value, StringComparison.Ordinal)) ? rune.ToString() : "_");
        }

        // The name must not be hidden or look like a command-line option.
        string shown = stem.ToString().TrimStart(' ', '.', '-').TrimEnd(' ', '.');
        return shown.Length == 0 ? id + ending : $"{shown} {id}{ending}";
    }

    private static string Ending(string name)
    {
        string ending = System.IO.Path.GetExtension(name);
        return ending.Length - 1 is >= 1 and <= LongestEnding && ending.Skip(1).All(char.IsAsciiLetterOrDigit) ? ending : string.Empty;
    }
}
