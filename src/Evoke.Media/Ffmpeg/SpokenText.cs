using System.Text;
using System.Text.RegularExpressions;

namespace Evoke.Media.Ffmpeg;

/// <summary>
/// What a program writes to standard error: its beginning and its end, so that the million messages about a damaged file do not fill the memory.
/// </summary>
internal sealed partial class SpokenText
{
    private const int FirstBytes = 2048;
    private const int LastBytes = 2048;

    private readonly byte[] _first = new byte[FirstBytes];
    private readonly byte[] _last = new byte[LastBytes]; // A ring.
    private long _total;

    /// <summary>How a refused format is reported, instead of ffmpeg's list of all allowed formats.</summary>
    public static string RefusalOf(string format) => $"the format {format} is not opened";

    /// <summary>Reads until the program closes the stream.</summary>
    public async Task ListenAsync(Stream error)
    {
        byte[] buffer = new byte[4096];
        int read;
        while ((read = await error.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            Add(buffer.AsSpan(0, read));
        }
    }

    /// <summary>The text on one line, without its middle if it is long; read it after <see cref="ListenAsync"/> has ended.</summary>
    public override string ToString()
    {
        int first = (int)Math.Min(_total, FirstBytes);
        StringBuilder text = new(Encoding.UTF8.GetString(_first, 0, first));
        long rest = _total - first;
        if (rest > LastBytes)
        {
            text.Append(" … ");
        }

        int last = (int)Math.Min(rest, LastBytes);
        byte[] tail = new byte[last];
        for (int i = 0; i < last; i++)
        {
            tail[i] = _last[(int)((_total - last + i) % LastBytes)];
        }

        text.Append(Encoding.UTF8.GetString(tail));
        string[] lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join("; ", lines.Select(line => Speaker().Replace(Refusal().Replace(line, RefusalOf("$1")), "")));
    }

    /// <summary>A format that <see cref="MediaFile.SafetyArguments"/> leave out: ffmpeg then lists all allowed formats.</summary>
    [GeneratedRegex(@"^\[([^\[\]]*) @ 0x[0-9a-f]+\] Format not on whitelist '.*")]
    private static partial Regex Refusal();

    /// <summary>The part of ffmpeg that writes the line, and its address in memory: <c>[mov,mp4,m4a @ 0x563d8a3d26c0]</c>.</summary>
    [GeneratedRegex(@"^\[[^\[\]]* @ 0x[0-9a-f]+\] ")]
    private static partial Regex Speaker();

    private void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (_total < FirstBytes)
            {
                _first[_total] = b;
            }
            else
            {
                _last[(int)(_total % LastBytes)] = b;
            }

            _total++;
        }
    }
}
