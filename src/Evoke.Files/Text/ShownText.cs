using System.Globalization;
using System.Text;

namespace Evoke.Files.Text;

/// <summary>
/// Text from outside as it is shown on a terminal: characters that would control the terminal, or reorder what stands beside them, appear as <c>\u001B</c>.
/// The form is that of JSON, so that JSON stays JSON with the same meaning.
/// </summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class ShownText
{
    /// <summary>True for a character that must not reach a terminal: control characters but tab and line feed, line separators, and controls of the
    /// writing direction.</summary>
    public static bool IsControl(char c) => c switch
    {
        '\t' or '\n' => false,
        < ' ' or (>= '\u007f' and <= '\u009f') => true,
        '\u061c' or '\u200e' or '\u200f' => true, // marks of the writing direction
        >= '\u2028' and <= '\u202e' => true, // line and paragraph separators, embeddings and overrides of the direction
        >= '\u2066' and <= '\u206f' => true, // isolates, and the controls that they replaced
        '\ufeff' or (>= '\ufff9' and <= '\ufffb') => true,
        _ => false,
    };

    /// <summary>The text with such characters escaped; the same text if there are none.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsControl())
        {
            return text;
        }

        StringBuilder shown = new(text.Length + 16);
        Append(shown, text);
        return shown.ToString();
    }

    /// <summary>The text on one line: line feeds and tabs are escaped as well.</summary>
    public static string OneLine(string text) =>
        Escape(text).Replace("\n", "\\u000A", StringComparison.Ordinal).Replace("\t", "\\u0009", StringComparison.Ordinal);

    /// <summary>Appends text with such characters escaped.</summary>
    internal static void Append(StringBuilder shown, ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (IsControl(c))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
            else
            {
                shown.Append(c);
            }
        }
    }

    private static bool ContainsControl(this ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (IsControl(c))
            {
                return true;
            }
        }

        return false;
    }
}
