using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Evoke.Curves.Csv;

/// <summary>Whole lines of a file in EEV format, parsed on their own. Filled by one thread, then read by another.</summary>
/// <param name="text">The lines, then <see cref="Padding"/> zeros, in an array of <see cref="ArrayPool{T}.Shared"/> that this block returns.</param>
/// <param name="length">How many bytes of it are lines.</param>
/// <param name="columns">What the lines have to look like.</param>
internal sealed class EevBlock(byte[] text, int length, EevBlockColumns columns)
{
    /// <summary>How many zeros follow the lines: they are read in vectors.</summary>
    public static readonly int Padding = Vector256<byte>.Count;

    private const int MostDigits = 18; // fits 64 bits

    private readonly int _labels = columns.Lows.Length;
    private (int Start, int Length)[] _ids = [];
    private long[] _timestamps = [];
    private float[] _values = [];

    /// <summary>How many rows are parsed.</summary>
    public int Rows { get; private set; }

    /// <summary>True if the rest of the lines has something that is no plain row: whoever reads row by row says what it means.</summary>
    public bool IsCutShort { get; set; }

    /// <summary>The id of a row as UTF-8.</summary>
    public ReadOnlySpan<byte> Id(int row) => text.AsSpan(_ids[row].Start, _ids[row].Length);

    /// <summary>The timestamp of a row.</summary>
    public long Timestamp(int row) => _timestamps[row];

    /// <summary>The labels of a row.</summary>
    public ReadOnlySpan<float> Labels(int row) => _values.AsSpan(row * _labels, _labels);

    /// <summary>Parses as many rows as are plain: without quotes, complete, and with valid values.</summary>
    public EevBlock Parse()
    {
        ReadOnlySpan<byte> all = text.AsSpan(0, length);
        if (all.IndexOfAny((byte)'"', (byte)0) >= 0)
        {
            IsCutShort = true;
            return this;
        }

        int most = all.Count((byte)'\n') + 1;
        _ids = ArrayPool<(int, int)>.Shared.Rent(most);
        _timestamps = ArrayPool<long>.Shared.Rent(most);
        _values = ArrayPool<float>.Shared.Rent(most * _labels);
        Rows = Parse(all, hasReturns: all.Contains((byte)'\r'));
        return this;
    }

    // All that changes is in local variables: a field of this block may share a cache line with another block that another thread parses.
    private int Parse(ReadOnlySpan<byte> all, bool hasReturns)
    {
        Span<(int Start, int Length)> ids = _ids;
        Span<long> timestamps = _timestamps;
        Span<float> values = _values;
        ReadOnlySpan<float> lows = columns.Lows, highs = columns.Highs;
        bool inRange = columns.InRange;
        int start = 0, field = 0, row = 0, value = 0, fields = EevRowReader.FirstLabelColumn + lows.Length;
        for (int at = 0; at < all.Length; at += Padding)
        {
            uint separators = Separators(text.AsSpan(at, Padding));
            while (separators != 0)
            {
                int end = at + BitOperations.TrailingZeroCount(separators);
                separators &= separators - 1;
                int length = end - start; // a span of it in a variable would be stored in halves and loaded whole, which stalls
                bool isLast = all[end] == '\n';
                if (hasReturns && isLast && length > 0 && all[end - 1] == '\r')
                {
                    length--;
                }

                bool isPlain;
                if (isLast != (++field == fields) || (hasReturns && all.Slice(start, length).Contains((byte)'\r')))
                {
                    isPlain = false;
                }
                else if (field > EevRowReader.FirstLabelColumn)
                {
                    int column = field - EevRowReader.FirstLabelColumn - 1;
                    isPlain = TryParseLabel(all, start, start + length, lows[column], highs[column], inRange, out values[value++]);
                }
                else if (field > EevRowReader.TimestampColumn)
                {
                    isPlain = TryParseTimestamp(all.Slice(start, length), out timestamps[row]);
                }
                else
                {
                    ids[row] = (start, length);
                    isPlain = length > 0;
                }

                if (!isPlain)
                {
                    IsCutShort = true;
                    return row;
                }

                if (isLast)
                {
                    row++;
                    field = 0;
                }

                start = end + 1;
            }
        }

        // The last line of a file may have no end: the reader of single rows takes it.
        IsCutShort |= start < all.Length || field > 0;
        return row;
    }

    /// <summary>Gives the arrays back; nothing of the block may be used afterwards.</summary>
    public void Return()
    {
        ArrayPool<byte>.Shared.Return(text);
        if (_ids.Length > 0)
        {
            ArrayPool<(int, int)>.Shared.Return(_ids);
            ArrayPool<long>.Shared.Return(_timestamps);
            ArrayPool<float>.Shared.Return(_values);
        }
    }

    // A bit for each comma and end of a line among the next bytes: with 17 in a row, searching for one at a time takes half as long as the numbers.
    private static uint Separators(ReadOnlySpan<byte> next)
    {
        Vector256<byte> bytes = Vector256.Create(next);
        return (Vector256.Equals(bytes, Vector256.Create((byte)',')) | Vector256.Equals(bytes, Vector256.Create((byte)'\n'))).ExtractMostSignificantBits();
    }

    private static bool TryParseTimestamp(ReadOnlySpan<byte> text, out long timestamp)
    {
        timestamp = 0;
        if (text.Length is 0 or > MostDigits)
        {
            return false;
        }

        foreach (byte letter in text)
        {
            uint digit = (uint)(letter - '0');
            if (digit > 9)
            {
                return false;
            }

            timestamp = (timestamp * 10) + digit;
        }

        return true;
    }

    private static bool TryParseLabel(ReadOnlySpan<byte> all, int start, int end, float low, float high, bool inRange, out float value)
    {
        if (LabelNumber.TryParse(all, start, end, out float number))
        {
            value = number;
            return (number >= low && number <= high) || float.IsNaN(number) || (!inRange && float.IsFinite(number));
        }

        value = float.NaN;
        return EevRowReader.IsMissing(all[start..end]);
    }
}
