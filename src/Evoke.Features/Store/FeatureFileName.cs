using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Evoke.Features.Store;

/// <summary>Converts video ids to file names and back: characters that are unsafe in file names are written as the %XX of their UTF-8 bytes.</summary>
/// <remarks>
/// YouTube ids stay as they are, those that begin with "-" too. Every id has one file name and every such file name one id.
/// Thread-safe: without state.
/// </remarks>
public static class FeatureFileName
{
    /// <summary>How a feature file's name ends.</summary>
    public const string Extension = ".safetensors";

    private const int LongestNameBytes = 255; // of ext4, NTFS and APFS
    private const string Unsafe = "%/\\:*?\"<>|";

    /// <summary>The file name of an id, with extension.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="VideoIdException">The id is not valid Unicode, or too long for a file name; the message says which.</exception>
    public static string FromId(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        StringBuilder name = new(id.Length + Extension.Length);
        int at = 0;
        foreach (Rune rune in RunesOf(id))
        {
            bool isEdge = at == 0 || at + rune.Utf16SequenceLength == id.Length;
            Append(name, rune, MustEscape(rune, isEdge));
            at += rune.Utf16SequenceLength;
        }

        name.Append(Extension);
        int bytes = Encoding.UTF8.GetByteCount(name.ToString());
        return bytes <= LongestNameBytes
            ? name.ToString()
            : throw new VideoIdException(id, $"makes a file name of {bytes} bytes; at most {LongestNameBytes} are allowed.");
    }

    /// <summary>The id of a file name; false for a name that no id has.</summary>
    /// <param name="fileName">Name with extension, without folder.</param>
    /// <param name="id">The id.</param>
    public static bool TryGetId(string fileName, [NotNullWhen(true)] out string? id)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        id = null;
        if (!fileName.EndsWith(Extension, StringComparison.Ordinal) || fileName.Length == Extension.Length)
        {
            return false;
        }

        string? unescaped = Unescape(fileName[..^Extension.Length]);
        if (unescaped is null || FromIdOrNull(unescaped) != fileName)
        {
            return false;
        }

        id = unescaped;
        return true;
    }

    private static IEnumerable<Rune> RunesOf(string id)
    {
        for (int i = 0; i < id.Length;)
        {
            if (!Rune.TryGetRuneAt(id, i, out Rune rune))
            {
                throw new VideoIdException(id, $"is not valid Unicode at character {i}.");
            }

            yield return rune;
            i += rune.Utf16SequenceLength;
        }
    }

    // Dots in front hide a file, and some systems drop dots and blanks at either end.
    private static bool MustEscape(Rune rune, bool isEdge)
        => Rune.IsControl(rune) || (rune.IsAscii && Unsafe.Contains((char)rune.Value, StringComparison.Ordinal))
            || (isEdge && (rune.Value == '.' || Rune.IsWhiteSpace(rune)));

    private static void Append(StringBuilder name, Rune rune, bool escape)
    {
        if (!escape)
        {
            name.Append(rune);
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        foreach (byte b in bytes[..rune.EncodeToUtf8(bytes)])
        {
            name.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }
    }

    private static string? Unescape(string name)
    {
        List<byte> bytes = new(name.Length);
        for (int i = 0; i < name.Length;)
        {
            if (name[i] == '%')
            {
                if (i + 3 > name.Length || !byte.TryParse(name.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte b))
                {
                    return null;
                }

                bytes.Add(b);
                i += 3;
                continue;
            }

            if (!Rune.TryGetRuneAt(name, i, out Rune rune))
            {
                return null;
            }

            bytes.AddRange(Encoding.UTF8.GetBytes(rune.ToString()));
            i += rune.Utf16SequenceLength;
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null; // such bytes are not text: FromId would never write them
        }
    }

    private static string? FromIdOrNull(string id)
    {
        try
        {
            return FromId(id);
        }
        catch (Exception error) when (error is ArgumentException or VideoIdException)
        {
            return null; // an id that has no file name
        }
    }
}
