namespace Evoke.Curves.Export.Markers;

/// <summary>The colour of a marker in programs that have a fixed set: the nearest to the colour in which the curve is drawn.</summary>
/// <param name="Resolve">A marker colour of DaVinci Resolve: "Blue", "Sand" …</param>
/// <param name="Otio">A colour of OpenTimelineIO's Marker.2: "BLUE", "ORANGE" …</param>
internal sealed record MarkerColour(string Resolve, string Otio)
{
    private static readonly Dictionary<string, MarkerColour> s_ofEmotion = new(StringComparer.Ordinal)
    {
        ["amusement"] = new("Yellow", "YELLOW"),
        ["awe"] = new("Lemon", "WHITE"),
        ["contentment"] = new("Green", "GREEN"),
        ["elation"] = new("Sand", "ORANGE"),
        ["triumph"] = new("Cocoa", "ORANGE"),

        ["anger"] = new("Red", "RED"),
        ["contempt"] = new("Lavender", "PURPLE"),
        ["disappointment"] = new("Fuchsia", "MAGENTA"),
        ["pain"] = new("Pink", "PINK"),
        ["sadness"] = new("Purple", "PURPLE"),

        ["concentration"] = new("Blue", "BLUE"),
        ["confusion"] = new("Cyan", "CYAN"),
        ["doubt"] = new("Cream", "WHITE"),
        ["interest"] = new("Sky", "CYAN"),
        ["surprise"] = new("Mint", "CYAN"),
    };

    /// <summary>The colours of a scheme, in column order.</summary>
    public static IReadOnlyList<MarkerColour> Of(EmotionScheme scheme) => [.. EmotionPalette.Of(scheme).Select(emotion => s_ofEmotion[emotion])];
}
