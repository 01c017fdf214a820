namespace Evoke.Curves;

/// <summary>Which of EEV's emotions lends its colour to each curve of a scheme. Pages and markers take their colours from here, so that they agree.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class EmotionPalette
{
    private static readonly Dictionary<string, string> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["amusement"] = "amusement",
        ["anger"] = "anger",
        ["awe"] = "awe",
        ["concentration"] = "concentration",
        ["confusion"] = "confusion",
        ["contempt"] = "contempt",
        ["contentment"] = "contentment",
        ["disappointment"] = "disappointment",
        ["doubt"] = "doubt",
        ["elation"] = "elation",
        ["interest"] = "interest",
        ["pain"] = "pain",
        ["sadness"] = "sadness",
        ["surprise"] = "surprise",
        ["triumph"] = "triumph",

        ["arousal"] = "elation",
        ["valence"] = "concentration",
    };

    // For the names of other schemes: neighbours in this order have very different colours.
    private static readonly string[] s_order =
    [
        "concentration", "elation", "contentment", "anger", "contempt", "interest", "amusement", "disappointment",
        "surprise", "sadness", "awe", "pain", "confusion", "triumph", "doubt",
    ];

    /// <summary>For each curve, in column order, the name of the EEV emotion whose colour it has: an emotion of EEV has its own, arousal and valence have
    /// fixed ones, and any other name gets one that the scheme does not use yet, as long as there is one.</summary>
    public static IReadOnlyList<string> Of(EmotionScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        HashSet<string> taken = [.. scheme.Names.Select(s_known.GetValueOrDefault).OfType<string>()];
        Queue<string> free = new(s_order.Where(name => !taken.Contains(name)));
        int beyond = 0;
        return [.. scheme.Names.Select(name =>
            s_known.GetValueOrDefault(name) ?? (free.TryDequeue(out string? lent) ? lent : s_order[beyond++ % s_order.Length]))];
    }
}
