using Evoke.Curves;

namespace Evoke.Pages.Drawing;

/// <summary>How one emotion is drawn.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="OnLight">Colour on a white background, as #rrggbb; contrast at least 3:1.</param>
/// <param name="OnDark">Colour on #15171c, as #rrggbb; contrast at least 3:1.</param>
/// <param name="Dash">Lengths of dashes and gaps in pixels; empty for a solid line.</param>
public sealed record EmotionStyle(string OnLight, string OnDark, IReadOnlyList<int> Dash);

/// <summary>A colour and a dash pattern for every emotion, the same wherever it is drawn.</summary>
/// <remarks>
/// EEV's 15 emotions form three groups: pleasant emotions are yellow to green, unpleasant ones red to violet, engaged ones blue to teal.
/// Any two colours are at least 0.06 apart in OKLab on either background; dash patterns distinguish them for colour-blind readers. Thread-safe: without state.
/// </remarks>
public static class EmotionColours
{
    private static readonly int[] Solid = [];
    private static readonly int[] Dashed = [7, 3];
    private static readonly int[] Dotted = [2, 3];

    private static readonly Dictionary<string, EmotionStyle> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["amusement"] = new("#bf8c00", "#f6c945", Solid),
        ["awe"] = new("#66780f", "#dfeea6", Dashed),
        ["contentment"] = new("#2f8038", "#6cb86a", Solid),
        ["elation"] = new("#c95f00", "#ff9440", Solid),
        ["triumph"] = new("#5b4126", "#b09470", Dotted),

        ["anger"] = new("#d8232a", "#ff5a52", Solid),
        ["contempt"] = new("#9a62dd", "#b98af5", Dashed),
        ["disappointment"] = new("#8f2458", "#c9608c", Dotted),
        ["pain"] = new("#cc7183", "#ffb9c3", Dashed),
        ["sadness"] = new("#4a2a9c", "#8466dc", Solid),

        ["concentration"] = new("#1f58d0", "#4688f5", Solid),
        ["confusion"] = new("#0b5d63", "#3a8f96", Dotted),
        ["doubt"] = new("#66779f", "#b9cdf2", Dashed),
        ["interest"] = new("#0a96cc", "#38b6ea", Solid),
        ["surprise"] = new("#08a283", "#4fdcb4", Solid),
    };

    /// <summary>The styles of a scheme, in column order. An unknown name gets a style that its scheme does not use yet, as long as there is one.</summary>
    public static IReadOnlyList<EmotionStyle> Of(EmotionScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        return [.. EmotionPalette.Of(scheme).Select(name => Known[name])];
    }
}
