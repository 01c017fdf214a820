using System.Buffers.Binary;

namespace Evoke.Media.Nut;

/// <summary>Reads NUT's numbers from available bytes.</summary>
internal ref struct NutCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many bytes have been read.</summary>
    public int Position { get; private set; }

    /// <summary>How many are left.</summary>
    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>One byte.</summary>
    public byte Byte() => Position < _bytes.Length ? _bytes[Position++] : throw new InvalidDataException("the NUT stream ends inside a header");

    /// <summary>NUT's v: unsigned, 7 bits a byte, most significant first.</summary>
    public long Unsigned()
    {
        ulong value = 0;
        byte b;
        do
        {
            b = Byte();
            if (value >> 56 != 0)
            {
                throw new InvalidDataException("the NUT stream holds a number of more than 63 bits");
            }

            value = (value << 7) | (b & 127u);
        }
        while ((b & 128) != 0);
        return value <= long.MaxValue ? (long)value : throw new InvalidDataException("the NUT stream holds a number of more than 63 bits");
    }

    /// <summary>NUT's s: signed, 0, 1, -1, 2, -2, …</summary>
    public long Signed()
    {
        long value = Unsigned();
        return (value & 1) == 0 ? -(value >> 1) : (value >> 1) + 1;
    }

    /// <summary>An unsigned number that must fit an array index.</summary>
    public int Count(int limit)
    {
        long value = Unsigned();
        return value <= limit
            ? (int)value
            : throw new InvalidDataException(FormattableString.Invariant($"the NUT stream contains the value {value}; expected at most {limit}"));
    }

    /// <summary>Eight bytes, most significant first.</summary>
    public ulong StartCode()
    {
        if (Remaining < 8)
        {
            throw new InvalidDataException("the NUT stream ends inside a start code");
        }

        ulong code = BinaryPrimitives.ReadUInt64BigEndian(_bytes[Position..]);
        Position += 8;
        return code;
    }

    /// <summary>Skips bytes.</summary>
    public void Skip(int count) => Position = count >= 0 && count <= Remaining
        ? Position + count
        : throw new InvalidDataException("the NUT stream ends inside a header");
}
