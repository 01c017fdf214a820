namespace Evoke.Curves.Moments;

/// <summary>The kind of a moment.</summary>
public enum MomentKind
{
    /// <summary>The emotion rises above its surroundings.</summary>
    Peak,

    /// <summary>The emotion falls below its surroundings.</summary>
    Dip,
}

/// <summary>A part of a curve that stands out from its surroundings.</summary>
/// <remarks>
/// By default a moment extends as far as the curve stays within half the prominence of the extreme; see <see cref="MomentOptions.ExtentHeight"/>.
/// Immutable and thread-safe.
/// </remarks>
/// <param name="Emotion">Column of the curves' scheme.</param>
/// <param name="Kind">Peak or dip.</param>
/// <param name="StartStep">First step of the moment.</param>
/// <param name="Step">The step of the extreme value, from <paramref name="StartStep"/> to <paramref name="EndStep"/>.</param>
/// <param name="EndStep">Last step of the moment (inclusive).</param>
/// <param name="Value">The curve at <paramref name="Step"/>.</param>
/// <param name="Prominence">
/// How far the value stands out, in the curve's own unit, 0 or more: how far the curve must fall (or rise, for a dip)
/// before it reaches a more extreme value, or within <see cref="MomentOptions.ContextSeconds"/> if it reaches none.
/// </param>
public sealed record Moment(int Emotion, MomentKind Kind, int StartStep, int Step, int EndStep, float Value, float Prominence)
{
    /// <summary>
    /// The prominence in standard deviations of its curve, which is comparable between emotions with very different ranges.
    /// See <see cref="MomentOptions.StandardDeviationFloor"/>.
    /// </summary>
    public double Strength { get; init; }
}
