namespace Evoke.Curves.Moments;

/// <summary>Which way a curve turns at a moment.</summary>
public enum MomentKind
{
    /// <summary>The emotion rises above what is around it.</summary>
    Peak,

    /// <summary>The emotion falls below what is around it.</summary>
    Dip,
}

/// <summary>A stretch of a curve that stands out from what is around it.</summary>
/// <remarks>By default the stretch reaches as far as the curve stays within half the prominence of its extreme; see <see cref="MomentOptions.ExtentHeight"/>.</remarks>
/// <param name="Emotion">Column of the curves' scheme.</param>
/// <param name="Kind">Peak or dip.</param>
/// <param name="StartStep">First step of the stretch.</param>
/// <param name="Step">The step of the extreme value, from <paramref name="StartStep"/> to <paramref name="EndStep"/>.</param>
/// <param name="EndStep">Last step of the stretch (inclusive).</param>
/// <param name="Value">The curve at <paramref name="Step"/>.</param>
/// <param name="Prominence">
/// How far the value stands out, in the curve's own unit; 0 or more: what one must come down (or up, from a dip) on the way along the curve
/// before reaching a more extreme value, or within <see cref="MomentOptions.ContextSeconds"/> where there is none.
/// </param>
public sealed record Moment(int Emotion, MomentKind Kind, int StartStep, int Step, int EndStep, float Value, float Prominence)
{
    /// <summary>The prominence in standard deviations of its curve: comparable between emotions of very uneven range. See <see cref="MomentOptions.StandardDeviationFloor"/>.</summary>
    public double Strength { get; init; }
}
