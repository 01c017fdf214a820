using System.Text;

namespace Evoke.Curves.Csv;

/// <summary>Finds out how the text of a table is stored.</summary>
internal static class TableEncoding
{
    private const int BufferBytes = 1 << 16;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Text of Western Europe as Windows stores it. Letters of Latin-1 have the same bytes.</summary>
    public static Encoding Western { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>UTF-16 if a mark at the start says so, UTF-8 if all of the text is, and <see cref="Western"/> otherwise. Reads to the end.</summary>
    /// <returns>Null if it is none of the first two and its start has zeros, which Windows-1252 never has: the file is not text.</returns>
    public static Encoding? Of(Stream text)
    {
        byte[] buffer = new byte[BufferBytes];
        char[] letters = new char[BufferBytes + 1];
        Decoder decoder = s_strict.GetDecoder();
        bool hasZeros = false;
        try
        {
            bool isStart = true;
            for (int read; (read = text.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0; isStart = false)
            {
                ReadOnlySpan<byte> bytes = buffer.AsSpan(0, read);
                if (isStart && (Marked(bytes, Encoding.Unicode) ?? Marked(bytes, Encoding.BigEndianUnicode)) is { } marked)
                {
                    return marked;
                }

                hasZeros |= isStart && bytes.Contains((byte)0);

                decoder.GetChars(bytes, letters, flush: false);
            }

            decoder.GetChars([], letters, flush: true);
            return Encoding.UTF8;
        }
        catch (DecoderFallbackException)
        {
            return hasZeros ? null : Western;
        }
    }

    /// <summary>The text in UTF-8.</summary>
    /// <param name="text">The text as it is stored.</param>
    /// <param name="encoding">How it is stored, as <see cref="Of"/> says.</param>
    public static Stream InUtf8(Stream text, Encoding encoding) =>
        encoding is UTF8Encoding ? text : Encoding.CreateTranscodingStream(text, encoding, Encoding.UTF8);

    private static Encoding? Marked(ReadOnlySpan<byte> text, Encoding encoding) => text.StartsWith(encoding.Preamble) ? encoding : null;
}
