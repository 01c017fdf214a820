namespace Evoke.Fuzz.Mutations;

/// <summary>Damage to numbers, lines and cells of a text, or of text inside other bytes.</summary>
internal static class TextMutations
{
    /// <summary>Replaces a number by an extreme one.</summary>
    public static byte[] ChangeNumber(byte[] input, Dice dice)
    {
        if (FindNumber(input, dice) is not var (start, end))
        {
            return input;
        }

        return [.. input.AsSpan(0, start), .. dice.Pick(Extremes.Texts), .. input.AsSpan(end)];
    }

    /// <summary>Removes, repeats or swaps lines.</summary>
    public static byte[] ChangeLines(byte[] input, Dice dice)
    {
        List<byte[]> lines = Split(input, (byte)'\n');
        int line = dice.Below(lines.Count);
        switch (dice.Below(3))
        {
            case 0:
                lines.RemoveAt(line);
                break;
            case 1:
                lines.Insert(dice.Below(lines.Count + 1), lines[line]);
                break;
            default:
                int other = dice.Below(lines.Count);
                (lines[line], lines[other]) = (lines[other], lines[line]);
                break;
        }

        return Joined(lines, (byte)'\n');
    }

    /// <summary>Removes, repeats, empties or replaces a cell of a line.</summary>
    public static byte[] ChangeCell(byte[] input, Dice dice)
    {
        List<byte[]> lines = Split(input, (byte)'\n');
        int line = dice.Below(lines.Count);
        List<byte[]> cells = Split(lines[line], (byte)',');
        int cell = dice.Below(cells.Count);
        switch (dice.Below(4))
        {
            case 0:
                cells.RemoveAt(cell);
                break;
            case 1:
                cells.Insert(cell, cells[dice.Below(cells.Count)]);
                break;
            case 2:
                cells[cell] = [];
                break;
            default:
                cells[cell] = dice.Pick(Extremes.Texts);
                break;
        }

        lines[line] = Joined(cells, (byte)',');
        return Joined(lines, (byte)'\n');
    }

    // From a random place on, the next run of digits with its sign, point and exponent.
    private static (int Start, int End)? FindNumber(byte[] input, Dice dice)
    {
        if (input.Length == 0)
        {
            return null;
        }

        int from = dice.Below(input.Length);
        int found = input.AsSpan(from).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (found < 0)
        {
            return null;
        }

        int first = from + found;
        while (first > 0 && IsOfNumber(input[first - 1]))
        {
            first--;
        }

        int end = from + found;
        while (end < input.Length && IsOfNumber(input[end]))
        {
            end++;
        }

        return (first, end);
    }

    private static bool IsOfNumber(byte b) => b is >= (byte)'0' and <= (byte)'9' or (byte)'.' or (byte)'-';

    private static List<byte[]> Split(byte[] input, byte separator)
    {
        List<byte[]> parts = [];
        ReadOnlySpan<byte> rest = input;
        while (rest.IndexOf(separator) is >= 0 and int at)
        {
            parts.Add(rest[..at].ToArray());
            rest = rest[(at + 1)..];
        }

        parts.Add(rest.ToArray());
        return parts;
    }

    private static byte[] Joined(List<byte[]> parts, byte separator) =>
        [.. parts.SelectMany((part, index) => index == 0 ? part : part.Prepend(separator))];
}
