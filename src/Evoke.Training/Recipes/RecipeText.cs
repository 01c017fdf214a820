using System.Collections;
using System.Globalization;
using System.Text;
using Evoke.Curves;
using Evoke.Kernels.Torch;

namespace Evoke.Training.Recipes;

/// <summary>How values are written in recipe files.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class RecipeText
{
    /// <summary>One value as a YAML scalar or flow sequence, which reads back as the same value.</summary>
    public static string Of(object? value) => value switch
    {
        null => PrecisionNames.Fastest, // the only key that may be null
        Precision precision => PrecisionNames.NameOf(precision),
        bool flag => flag ? "true" : "false",
        Enum choice => NameOf(choice),
        Rate rate => rate.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        string text => Quote(text),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Of))}]",
        _ => throw new ArgumentException($"A recipe cannot hold a {value.GetType()}.", nameof(value)),
    };

    /// <summary>"CosineRestarts" is "cosine_restarts".</summary>
    public static string NameOf(Enum choice)
    {
        StringBuilder name = new();
        foreach (char letter in choice.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }

    // Single quotes allow every character except line ends; a quote is doubled.
    private static string Quote(string text) => $"'{text.ReplaceLineEndings(" ").Replace("'", "''", StringComparison.Ordinal)}'";
}
