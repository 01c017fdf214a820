using System.Globalization;

namespace Evoke.Training.Recipes;

/// <summary>Features that a recipe leaves out: "visual 12-155", or one: "audio 3".</summary>
/// <param name="Modality">"visual" or "audio".</param>
/// <param name="First">The first one, from 0.</param>
/// <param name="Last">The last one.</param>
internal sealed record OmittedFeatures(string Modality, int First, int Last)
{
    /// <summary>Reads one entry of <c>data.omit</c>.</summary>
    /// <exception cref="RecipeException">It is not written as above.</exception>
    public static OmittedFeatures Read(string text) => TryRead(text) ?? throw new RecipeException("data.omit", [Mistake(text)]);

    /// <summary>The same; null if it is not written as above.</summary>
    public static OmittedFeatures? TryRead(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [("visual" or "audio") and var modality, var numbers])
        {
            return null;
        }

        string[] ends = numbers.Split('-');
        return ends.Length <= 2 && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last) && first <= last
            ? new OmittedFeatures(modality, first, last)
            : null;
    }

    /// <summary>What is wrong with an entry.</summary>
    public static string Mistake(string text) =>
        "data.omit: expected 'visual' or 'audio' and the number of a feature, from 0, or the first and the last one, for example 'visual 12-155'; "
        + $"found '{text}'.";

    /// <summary>The features among those of a modality; none if it is the other one.</summary>
    /// <exception cref="RecipeException">There is no such feature.</exception>
    public IEnumerable<int> In(string modality, int width)
    {
        if (modality != Modality)
        {
            return [];
        }

        return Last < width
            ? Enumerable.Range(First, Last - First + 1)
            : throw new RecipeException("data.omit", [$"it leaves out {modality} feature {Last}; there are {width}, from 0."]);
    }
}
