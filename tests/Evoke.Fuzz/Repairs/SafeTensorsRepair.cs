using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Evoke.Fuzz.Mutations;

namespace Evoke.Fuzz.Repairs;

/// <summary>Makes the length before a damaged header right again, and the file as long as the header says.</summary>
internal static partial class SafeTensorsRepair
{
    private const int Prefix = 8;

    public static byte[] Repair(byte[] input)
    {
        if (HeaderEnd(input) is not { } end)
        {
            return input;
        }

        long data = Offsets().Matches(Encoding.UTF8.GetString(input, Prefix, end - Prefix))
            .Select(match => long.TryParse(match.Groups["end"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long offset) ? offset : 0)
            .Where(offset => offset < ByteMutations.Most)
            .DefaultIfEmpty(0).Max();
        byte[] repaired = new byte[end + data];
        input.AsSpan(0, Math.Min(input.Length, repaired.Length)).CopyTo(repaired);
        BinaryPrimitives.WriteInt64LittleEndian(repaired, end - Prefix);
        return repaired;
    }

    // Behind the brace that closes the first one, and the spaces that fill the header up.
    private static int? HeaderEnd(ReadOnlySpan<byte> input)
    {
        int depth = 0;
        bool quoted = false;
        for (int i = Prefix; i < input.Length; i++)
        {
            byte b = input[i];
            if (quoted && b == '\\')
            {
                i++;
                continue;
            }

            quoted ^= b == '"';
            depth += quoted ? 0 : b == '{' ? 1 : b == '}' ? -1 : 0;
            if (!quoted && b == '}' && depth <= 0)
            {
                int spaces = input[(i + 1)..].IndexOfAnyExcept((byte)' ');
                return i + 1 + Math.Max(0, spaces);
            }
        }

        return null;
    }

    [GeneratedRegex(@"\[\s*\d+\s*,\s*(?<end>\d+)\s*\]")]
    private static partial Regex Offsets();
}
