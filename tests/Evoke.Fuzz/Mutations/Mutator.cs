using Evoke.Fuzz.Readers;

namespace Evoke.Fuzz.Mutations;

/// <summary>Makes the inputs of a reader: each is a function of the campaign's seed and the input's number.</summary>
internal sealed class Mutator(FuzzedReader reader, IReadOnlyList<byte[]> seeds, long seed)
{
    private const int MostChanges = 6;
    private readonly byte[][] _words = [.. reader.Words.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>Input number <paramref name="index"/>: first the seeds as they are, then damaged ones.</summary>
    public byte[] Make(int index)
    {
        if (index < seeds.Count)
        {
            return seeds[index];
        }

        Dice dice = new(seed, reader.Name, index);
        byte[] input = dice.Pick(seeds);
        for (int left = 1 + dice.Below(dice.Once(3) ? MostChanges : 2); left > 0; left--)
        {
            input = Change(input, dice);
        }

        return reader.Repair is { } repair && !dice.Once(3) ? repair(input) : input;
    }

    private byte[] Change(byte[] input, Dice dice) => dice.Below(reader.IsText ? 17 : 14) switch
    {
        0 => ByteMutations.FlipBit(input, dice),
        1 or 2 => ByteMutations.ChangeByte(input, dice),
        3 => ByteMutations.Fill(input, dice),
        4 => ByteMutations.Remove(input, dice),
        5 => ByteMutations.Truncate(input, dice),
        6 => ByteMutations.Insert(input, dice),
        7 => ByteMutations.Repeat(input, dice),
        8 => ByteMutations.Copy(input, dice),
        9 => ByteMutations.Splice(input, dice.Pick(seeds), dice),
        10 when !reader.IsText => ByteMutations.ChangeInteger(input, dice),
        11 when !reader.IsText => ByteMutations.ChangeInteger(input, dice),
        12 when _words.Length > 0 => ByteMutations.AddWord(input, dice.Pick(_words), dice),
        13 or 10 or 11 => TextMutations.ChangeNumber(input, dice),
        14 => TextMutations.ChangeLines(input, dice),
        15 or 16 => TextMutations.ChangeCell(input, dice),
        _ => ByteMutations.ChangeByte(input, dice),
    };
}
