using System.Collections.Immutable;
using Evoke.Curves;

namespace Evoke.Insights.Summaries;

/// <summary>The names of curves as parts of keys: lower case, with <c>_</c> for whatever is neither letter nor digit.</summary>
internal static class CurveKeys
{
    /// <summary>One for each curve, all different: of two that would be the same, the second gets its number.</summary>
    public static ImmutableArray<string> Of(EmotionScheme scheme)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        return [.. scheme.Names.Select((name, column) =>
        {
            string key = string.Concat(name.Trim().ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : '_'));
            return taken.Add(key) ? key : $"{key}_{column + 1}";
        })];
    }
}
