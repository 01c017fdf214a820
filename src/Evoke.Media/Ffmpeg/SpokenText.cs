using System.Text;
using System.Text.RegularExpressions;

namespace Evoke.Media.Ffmpeg;

/// <summary>What a program says on standard error: its first and last words, so that a damaged file's million complaints do not fill the memory.</summary>
internal sealed partial class SpokenText
{
    private const int FirstBytes = 2048;
    private const int LastBytes = 2048;

    private readonly byte[] _first = new byte[FirstBytes];
    private readonly byte[] _last = new byte[LastBytes]; // A ring.
    private long _total;

    /// <summary>How a refused format is told, in place of ffmpeg's recital of all that are allowed.</summary>
    public static string RefusalOf(string format) => $"the format {format} is not opened";

    /// <summary>Listens until the program closes its end.</summary>
    public async Task ListenAsync(Stream error)
    {
        byte[] buffer = new byte[4096];
        int read;
        while ((read = await error.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            Add(buffer.AsSpan(0, read));
        }
    }

    /// <summary>What was said, on one line, its middle left out if it is long; read it after <see cref="ListenAsync"/> has ended.</summary>
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

    /// <summary>A format that <see cref="MediaFile.SafetyArguments"/> leave out: ffmpeg then recites all that they have.</summary>
    [GeneratedRegex(@"^\[([^\[\]]*) @ 0x[0-9a-f]+\] Format not on whitelist '.*")]
    private static partial Regex Refusal();

    /// <summary>Which part of ffmpeg speaks, and where it lies in memory: <c>[mov,mp4,m4a @ 0x563d8a3d26c0]</c>.</summary>
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
