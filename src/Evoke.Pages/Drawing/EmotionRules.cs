using System.Globalization;
using Evoke.Curves;

namespace Evoke.Pages.Drawing;

/// <summary>Each emotion's colour as a rule of a style sheet, for pages without a script: what has the class <c>e0</c> finds the colour of the scheme's first
/// emotion in <c>--mark</c>.</summary>
/// <remarks>Colours in style attributes would need a laxer content security policy.</remarks>
public static class EmotionRules
{
    /// <summary>The rules of a scheme, on a light and on a dark ground.</summary>
    public static string Of(EmotionScheme scheme)
    {
        IReadOnlyList<EmotionStyle> styles = EmotionColours.Of(scheme);
        string Rules(Func<EmotionStyle, string> colour) =>
            string.Concat(styles.Select((style, i) => string.Create(CultureInfo.InvariantCulture, $".e{i}{{--mark:{colour(style)}}}")));
        return $"{Rules(style => style.OnLight)}\n@media (prefers-color-scheme: dark) {{ {Rules(style => style.OnDark)} }}\n";
    }
}
