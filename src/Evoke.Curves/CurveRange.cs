using System.Globalization;
using System.Text.Json.Serialization;

namespace Evoke.Curves;

/// <summary>The scale of one curve: its lowest and highest value (both inclusive) and what they are measured in. Immutable and thread-safe.</summary>
/// <param name="Low">The lowest value; finite, below <paramref name="High"/>.</param>
/// <param name="High">The highest value; finite.</param>
/// <param name="Unit">What the values are measured in, for display, such as "SAM points"; empty if it is not known.</param>
public sealed record CurveRange(double Low, double High, string Unit = "")
{
    /// <summary>From 0 to 1: the range of EEV's labels, and of any curve whose range is not given.</summary>
    public static CurveRange ZeroToOne { get; } = new(0, 1);

    /// <summary>Highest minus lowest value.</summary>
    [JsonIgnore]
    public double Width => High - Low;

    /// <summary>True if the values are from 0 to 1, whatever their unit.</summary>
    [JsonIgnore]
    public bool IsZeroToOne => Low == 0 && High == 1;

    /// <summary>The place of a value in the range: 0 for the lowest, 1 for the highest. NaN stays NaN.</summary>
    public float ToShare(float value) => (float)((value - Low) / Width);

    /// <summary>The value at a place in the range; a place below 0 or above 1 gives the lowest or the highest value. NaN stays NaN.</summary>
    public float FromShare(float share) => IsZeroToOne ? Math.Clamp(share, 0f, 1f) : (float)(Low + (Math.Clamp(share, 0.0, 1.0) * Width));

    /// <summary>What is wrong with the range; null if nothing is.</summary>
    public string? FindMistake() =>
        float.IsFinite((float)Low) && float.IsFinite((float)High) && (float)Low < (float)High
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"a range must go from a lower to a higher finite number; found {Low} to {High}");

    /// <summary>"from -1 to 1", with the unit in brackets if there is one.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"from {Low} to {High}{(Unit.Length > 0 ? $" ({Unit})" : "")}");
}
