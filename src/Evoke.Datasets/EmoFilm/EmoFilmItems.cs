using System.Collections.Immutable;

namespace Evoke.Datasets.EmoFilm;

/// <summary>What the raters of Emo-FilM rated.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class EmoFilmItems
{
    /// <summary>The columns of the published consensus, in their order: 50 items.</summary>
    public static ImmutableArray<string> Consensus { get; } =
    [
        "Standards", "PleasantSelf", "SocialNorms", "PleasantOther", "GoalsOther", "Controlled", "Predictable", "Suddenly", "Agent", "Urgency",
        "Lips", "Tears", "Eyebrows", "Smile", "Frown", "Stop", "Undo", "Repeat", "Oppose", "Attention", "Tackle", "Command", "Support", "Move", "Care",
        "Bad", "Good", "Calm", "Strong", "IntenseEmotion", "Alert", "AtEase", "Muscle", "Heartrate", "Throat", "Stomach", "Warm",
        "Anger", "Guilt", "WarmHeartedness", "Disgust", "Happiness", "Fear", "Regard", "Anxiety", "Satisfaction", "Pride", "Surprise", "Love", "Sad",
    ];

    /// <summary>The twenty that name feelings: thirteen emotions, then seven states. The others are appraisals, expressions, urges and the body.</summary>
    public static ImmutableArray<string> Feelings { get; } =
    [
        "Anger", "Guilt", "WarmHeartedness", "Disgust", "Happiness", "Fear", "Regard", "Anxiety", "Satisfaction", "Pride", "Surprise", "Love", "Sad",
        "Bad", "Good", "Calm", "Strong", "IntenseEmotion", "Alert", "AtEase",
    ];

    /// <summary>All that were recorded: the 50 of the consensus and five more.</summary>
    public static ImmutableArray<string> All { get; } = [.. Consensus, "Consequences", "Movement", "Breathing", "EyesOpen", "Jaw"];
}
