namespace Evoke.Curves;

/// <summary>The group of an emotion, for showing many curves in a few groups.</summary>
public enum EmotionGroup
{
    /// <summary>A name that Evoke does not know.</summary>
    Other,

    /// <summary>Amusement, awe, contentment, elation, triumph; valence.</summary>
    Pleasant,

    /// <summary>Anger, contempt, disappointment, pain, sadness.</summary>
    Unpleasant,

    /// <summary>Concentration, confusion, doubt, interest, surprise; arousal: attention rather than liking.</summary>
    Engaged,
}

/// <summary>The group of each emotion that Evoke knows. Pages give the emotions of a group similar colours.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class EmotionGroups
{
    /// <summary>The group of an emotion by its name in any case.</summary>
    public static EmotionGroup Of(string emotion) => emotion.ToLowerInvariant() switch
    {
        "amusement" or "awe" or "contentment" or "elation" or "triumph" or "valence" => EmotionGroup.Pleasant,
        "anger" or "contempt" or "disappointment" or "pain" or "sadness" => EmotionGroup.Unpleasant,
        "concentration" or "confusion" or "doubt" or "interest" or "surprise" or "arousal" => EmotionGroup.Engaged,
        _ => EmotionGroup.Other,
    };
}
