using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Evoke.Cli.Options;

/// <summary>Options that take numbers, each with its range and an error message that states it.</summary>
internal static class NumberOptions
{
    private const int MostNumbers = 1000;

    /// <summary>A whole number with a default.</summary>
    public static Option<T> Whole<T>(string name, string description, string helpName, T usual, T least, T most)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => usual,
            CustomParser = result => Parse(result, "a whole number", NumberStyles.AllowLeadingSign, least, most) ?? default,
        };

    /// <summary>A whole number from 1 with a default.</summary>
    public static Option<int> Count(string name, string description, string helpName, int usual) => Whole(name, description, helpName, usual, 1, int.MaxValue);

    /// <summary>An optional whole number from 1.</summary>
    public static Option<int?> CountOrNone(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse(result, "a whole number", NumberStyles.AllowLeadingSign, 1, int.MaxValue),
    };

    /// <summary>A number with a default.</summary>
    public static Option<double> Number(string name, string description, string helpName, double usual, double least, double most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => usual,
        CustomParser = result => Parse(result, "a number", NumberStyles.Float, least, most) ?? default,
    };

    /// <summary>An optional number.</summary>
    public static Option<double?> NumberOrNone(string name, string description, string helpName, double least, double most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse(result, "a number", NumberStyles.Float, least, most),
    };

    /// <summary>Several whole numbers separated by commas, sorted, without duplicates.</summary>
    public static Option<WholeNumbers> List(string name, string description, string helpName, WholeNumbers usual, int least, int most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => usual,
        CustomParser = result => ParseList(result, usual, least, most),
    };

    private static WholeNumbers ParseList(ArgumentResult result, WholeNumbers usual, int least, int most)
    {
        SortedSet<int> numbers = [];
        foreach (string part in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (
                !int.TryParse(
                    part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < least || number > most || numbers.Count == MostNumbers)
            {
                result.AddError(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{NameOf(result)} takes whole numbers from {least} to {most} separated by commas, for example {usual}; found '{part}'."));
                return usual;
            }

            numbers.Add(number);
        }

        return new WholeNumbers([.. numbers]);
    }

    private static T? Parse<T>(ArgumentResult result, string what, NumberStyles styles, T least, T most)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, styles, CultureInfo.InvariantCulture, out T number) && number >= least && number <= most)
        {
            return number;
        }

        string range = most.ToString() == int.MaxValue.ToString(CultureInfo.InvariantCulture) ? $"{least} up" : $"{least} to {most}";
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{NameOf(result)} takes {what} from {range}; found '{text}'."));
        return null;
    }

    private static string? NameOf(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name;
}
