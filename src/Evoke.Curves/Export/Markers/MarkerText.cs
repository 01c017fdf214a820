using System.Globalization;
using System.Text;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Export.Markers;

/// <summary>The names and notes of markers, and text that can be written into any of their formats.</summary>
internal static class MarkerText
{
    /// <summary>The name of a moment's marker: "elation peak".</summary>
    public static string Name(PredictionDocument document, Moment moment) => $"{OneLine(document.Curves.Scheme.Names[moment.Emotion])} {moment.Kind.Name()}";

    /// <summary>What a marker says of its moment besides its name: "0.800 at 00:00:03:00, prominence 0.500".</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="peak">The time of its peak, as text.</param>
    public static string Note(Moment moment, string peak) =>
        string.Create(CultureInfo.InvariantCulture, $"{moment.Value:0.000} at {peak}, prominence {moment.Prominence:0.000}");

    /// <summary>
    /// Text on one line that every format can hold: control characters and line separators become spaces, and what is no character (half a surrogate pair,
    /// U+FFFE, U+FFFF) becomes U+FFFD, as XML and JSON cannot hold it.
    /// </summary>
    public static string OneLine(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes()) // half a surrogate pair is enumerated as U+FFFD
        {
            line.Append(IsBreak(rune) ? " " : rune.Value is 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString());
        }

        return line.ToString();
    }

    /// <summary>A stream writer of UTF-8 without a byte-order mark, with '\n' between lines; it leaves the stream open.</summary>
    public static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };

    private static bool IsBreak(Rune rune) => Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
