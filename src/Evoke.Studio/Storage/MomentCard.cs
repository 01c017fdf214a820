using Evoke.Curves;
using Evoke.Curves.Moments;

namespace Evoke.Studio.Storage;

/// <summary>A part of a curve that stands out.</summary>
internal sealed record MomentCard
{
    /// <summary>Name of the emotion.</summary>
    public required string Emotion { get; init; }

    /// <summary>"peak" or "dip".</summary>
    public required string Kind { get; init; }

    /// <summary>Its start, in seconds.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>The time of its extreme, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Its end, in seconds.</summary>
    public required double EndSeconds { get; init; }

    /// <summary>The value of the curve at the extreme.</summary>
    public required float Value { get; init; }

    /// <summary>Its prominence, in the curve's own unit.</summary>
    public required float Prominence { get; init; }

    /// <summary>Its prominence in standard deviations of its curve; 0 in results of versions that did not store it.</summary>
    public double Strength { get; init; }

    /// <summary>The contribution of the picture, in the curve's unit: the value minus the value with the visual features replaced by their mean; null if
    /// unknown.</summary>
    public double? FromPicture { get; init; }

    /// <summary>The contribution of the sound, in the curve's unit; null if unknown.</summary>
    public double? FromSound { get; init; }

    /// <summary>Describes a moment of these curves, without the contributions.</summary>
    public static MomentCard Of(Moment moment, EmotionCurves curves)
    {
        ArgumentNullException.ThrowIfNull(moment);
        ArgumentNullException.ThrowIfNull(curves);
        return new MomentCard
        {
            Emotion = curves.Scheme.Names[moment.Emotion],
            Kind = moment.Kind.Name(),
            StartSeconds = curves.Grid.SecondsAt(moment.StartStep),
            Seconds = curves.Grid.SecondsAt(moment.Step),
            EndSeconds = curves.Grid.SecondsAt(moment.EndStep),
            Value = moment.Value,
            Prominence = moment.Prominence,
            Strength = moment.Strength,
        };
    }
}
