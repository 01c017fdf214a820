using System.Globalization;
using Evoke.Curves;

namespace Evoke.Pages.Drawing;

/// <summary>Each emotion's colour as a CSS rule, for pages without a script: for elements of the class <c>e0</c>, <c>--mark</c> is the colour of the scheme's
/// first emotion.</summary>
/// <remarks>Colours in style attributes would need a weaker content security policy. Thread-safe: without state.</remarks>
public static class EmotionRules
{
    /// <summary>The rules of a scheme for light and dark backgrounds.</summary>
    public static string Of(EmotionScheme scheme)
    {
        IReadOnlyList<EmotionStyle> styles = EmotionColours.Of(scheme);
        string Rules(Func<EmotionStyle, string> colour) =>
            string.Concat(styles.Select((style, i) => string.Create(CultureInfo.InvariantCulture, $".e{i}{{--mark:{colour(style)}}}")));
        return $"{Rules(style => style.OnLight)}\n@media (prefers-color-scheme: dark) {{ {Rules(style => style.OnDark)} }}\n";
    }
}
