using System.Buffers.Binary;

namespace Evoke.Fuzz.Mutations;

/// <summary>Damage that knows nothing of the format. All of it keeps inputs below <see cref="Most"/> bytes.</summary>
internal static class ByteMutations
{
    /// <summary>No input is longer.</summary>
    public const int Most = 1 << 20;

    private static readonly byte[] s_telling = [0, 1, 9, 10, 13, 32, 34, 0x7F, 0x80, 0xC0, 0xFE, 0xFF];

    public static byte[] FlipBit(byte[] input, Dice dice)
    {
        byte[] changed = [.. input];
        if (changed.Length > 0)
        {
            changed[dice.Below(changed.Length)] ^= (byte)(1 << dice.Below(8));
        }

        return changed;
    }

    public static byte[] ChangeByte(byte[] input, Dice dice)
    {
        byte[] changed = [.. input];
        if (changed.Length > 0)
        {
            changed[dice.Below(changed.Length)] = dice.Once(2) ? dice.Pick(s_telling) : (byte)dice.Bits();
        }

        return changed;
    }

    public static byte[] Fill(byte[] input, Dice dice)
    {
        byte[] changed = [.. input];
        if (changed.Length > 0)
        {
            int start = dice.Below(changed.Length);
            changed.AsSpan(start, dice.Length(changed.Length - start)).Fill(dice.Pick(s_telling));
        }

        return changed;
    }

    public static byte[] Remove(byte[] input, Dice dice)
    {
        if (input.Length == 0)
        {
            return input;
        }

        int start = dice.Below(input.Length);
        int length = dice.Length(input.Length - start);
        return [.. input.AsSpan(0, start), .. input.AsSpan(start + length)];
    }

    public static byte[] Truncate(byte[] input, Dice dice) => input[..dice.Below(input.Length + 1)];

    public static byte[] Insert(byte[] input, Dice dice)
    {
        byte[] block = new byte[dice.Length(4096)];
        byte filling = dice.Pick(s_telling);
        bool random = dice.Once(2);
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = random ? (byte)dice.Bits() : filling;
        }

        return Inserted(input, dice.Below(input.Length + 1), block);
    }

    /// <summary>Repeats a block, sometimes a hundred times.</summary>
    public static byte[] Repeat(byte[] input, Dice dice)
    {
        if (input.Length == 0)
        {
            return input;
        }

        int start = dice.Below(input.Length);
        byte[] block = input.AsSpan(start, dice.Length(input.Length - start)).ToArray();
        int times = dice.Once(4) ? 1 + dice.Below(100) : 1;
        times = Math.Min(times, Math.Max(1, (Most - input.Length) / block.Length));
        return Inserted(input, start, [.. Enumerable.Repeat(block, times).SelectMany(bytes => bytes)]);
    }

    /// <summary>Copies a block over another place.</summary>
    public static byte[] Copy(byte[] input, Dice dice)
    {
        byte[] changed = [.. input];
        if (changed.Length > 0)
        {
            int from = dice.Below(changed.Length);
            int to = dice.Below(changed.Length);
            int length = dice.Length(changed.Length - Math.Max(from, to));
            input.AsSpan(from, length).CopyTo(changed.AsSpan(to));
        }

        return changed;
    }

    /// <summary>The beginning of one input and the end of another.</summary>
    public static byte[] Splice(byte[] input, byte[] other, Dice dice)
    {
        int cut = dice.Below(input.Length + 1);
        int from = dice.Once(2) ? Math.Min(cut, other.Length) : dice.Below(other.Length + 1);
        return [.. input.AsSpan(0, cut), .. other.AsSpan(from)];
    }

    /// <summary>Writes an extreme number of 1, 2, 4 or 8 bytes, or one more or less than what is there.</summary>
    public static byte[] ChangeInteger(byte[] input, Dice dice)
    {
        int width = 1 << dice.Below(4);
        if (input.Length < width)
        {
            return input;
        }

        byte[] changed = [.. input];
        Span<byte> field = changed.AsSpan(dice.Below(changed.Length - width + 1), width);
        Span<byte> wide = stackalloc byte[8];
        bool bigEndian = dice.Once(3);
        ulong value = dice.Once(3) ? Read(field, bigEndian) + (dice.Once(2) ? 1UL : ulong.MaxValue) : dice.Pick(Extremes.Integers);
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt64BigEndian(wide, value);
            wide[(8 - width)..].CopyTo(field);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(wide, value);
            wide[..width].CopyTo(field);
        }

        return changed;
    }

    /// <summary>Puts a word into the input, or over what is there.</summary>
    public static byte[] AddWord(byte[] input, byte[] word, Dice dice)
    {
        int at = dice.Below(input.Length + 1);
        return dice.Once(2) || at + word.Length > input.Length
            ? Inserted(input, at, word)
            : [.. input.AsSpan(0, at), .. word, .. input.AsSpan(at + word.Length)];
    }

    private static ulong Read(ReadOnlySpan<byte> field, bool bigEndian)
    {
        ulong value = 0;
        for (int i = 0; i < field.Length; i++)
        {
            value = (value << 8) | field[bigEndian ? i : field.Length - 1 - i];
        }

        return value;
    }

    private static byte[] Inserted(byte[] input, int at, byte[] block) =>
        input.Length + block.Length > Most ? input : [.. input.AsSpan(0, at), .. block, .. input.AsSpan(at)];
}
