using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using csFastFloat;
using Evoke.Curves.Csv;

namespace Evoke.Bench;

/// <summary>Reading the numbers of label files: Evoke's parser against csFastFloat and the framework's, on the same texts in memory.</summary>
internal sealed class NumbersBenchmark : IBenchmark
{
    private const int Count = 4_000_000;
    private const int Rounds = 7;

    private delegate bool Parser(ReadOnlySpan<byte> text, int start, int end, out float value);

    public string Name => "numbers";

    public string Summary => "parsing the numbers of label files: Evoke, csFastFloat, float.TryParse, Utf8Parser";

    public void Run(IReadOnlyList<string> arguments)
    {
        (byte[] text, int[] ends) = MakeNumbers();
        uint[] expected = new uint[Count];
        ForEach(text, ends, Framework, (i, value) => expected[i] = BitConverter.SingleToUInt32Bits(value));
        List<string[]> table = [["", "best", "median", "ns a number", "ratio", "numbers that differ"]];
        TimeSpan? ours = null;
        foreach ((string name, Parser parser) in new (string, Parser)[]
        {
            ("Evoke's", LabelNumber.TryParse), ("Evoke's, each alone", Alone), ("csFastFloat", FastFloat), ("float.TryParse", Framework), ("Utf8Parser", Utf8),
        })
        {
            int differ = 0;
            ForEach(text, ends, parser, (i, value) => differ += BitConverter.SingleToUInt32Bits(value) != expected[i] ? 1 : 0);
            Measurement time = Measurement.Of(() => Sum(text, ends, parser), Rounds);
            ours ??= time.Median;
            table.Add(
            [
                name, Table.Seconds(time.Best), Table.Seconds(time.Median), Table.Times(time.Median.TotalNanoseconds / Count),
                Table.Ratio(time.Median / ours.Value),
                differ.ToString(CultureInfo.InvariantCulture),
            ]);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Count:N0} numbers, {text.Length / 1e6:0.0} MB"));
        Table.Print([.. table]);
    }

    // As EEV's files have them: the shortest text that reads back as the same float; a tenth of them with an exponent.
    private static (byte[] Text, int[] Ends) MakeNumbers()
    {
        Random random = new(1);
        StringBuilder text = new();
        int[] ends = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            float value = random.NextSingle() * random.NextSingle() * (i % 10 == 0 ? 1e-4f : 1);
            text.Append(value.ToString("R", CultureInfo.InvariantCulture));
            ends[i] = text.Length;
        }

        return (Encoding.ASCII.GetBytes(text.ToString()), ends);
    }

    private static void ForEach(byte[] text, int[] ends, Parser parser, Action<int, float> take)
    {
        int start = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            if (!parser(text, start, ends[i], out float value))
            {
                throw new UnreachableException(Encoding.ASCII.GetString(text.AsSpan(start, ends[i] - start)));
            }

            take(i, value);
            start = ends[i];
        }
    }

    private static float Sum(byte[] text, int[] ends, Parser parser)
    {
        float sum = 0;
        int start = 0;
        foreach (int end in ends)
        {
            parser(text, start, end, out float value);
            sum += value;
            start = end;
        }

        return sum;
    }

    private static bool Alone(ReadOnlySpan<byte> text, int start, int end, out float value) => LabelNumber.TryParse(text[start..end], out value);

    private static bool Framework(ReadOnlySpan<byte> text, int start, int end, out float value) =>
        float.TryParse(text[start..end], NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static bool FastFloat(ReadOnlySpan<byte> text, int start, int end, out float value) =>
        FastFloatParser.TryParseFloat(text[start..end], out int used, out value) && used == end - start;

    private static bool Utf8(ReadOnlySpan<byte> text, int start, int end, out float value) =>
        Utf8Parser.TryParse(text[start..end], out value, out int used) && used == end - start;
}
