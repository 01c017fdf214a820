namespace Evoke.Heads.Inputs;

/// <summary>The time of each step, appended to its features as one more number, so that a head knows its position in the video (SML).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="UnitSeconds">How many seconds count as 1: 1 gives plain seconds, as SML do; 60 gives minutes, which suits recurrent heads.</param>
public sealed record PositionFeature(double UnitSeconds = 1)
{
    /// <summary>The feature value of a time.</summary>
    public float At(double seconds) => (float)(seconds / UnitSeconds);
}
