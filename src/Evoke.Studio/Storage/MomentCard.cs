using Evoke.Curves;
using Evoke.Curves.Moments;

namespace Evoke.Studio.Storage;

/// <summary>A stretch that stands out.</summary>
public sealed record MomentCard
{
    /// <summary>Name of the emotion.</summary>
    public required string Emotion { get; init; }

    /// <summary>"peak" or "dip".</summary>
    public required string Kind { get; init; }

    /// <summary>Where it begins, in seconds.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>Where it is strongest, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Where it ends, in seconds.</summary>
    public required double EndSeconds { get; init; }

    /// <summary>The curve there.</summary>
    public required float Value { get; init; }

    /// <summary>How far it stands out, in the curve's own unit.</summary>
    public required float Prominence { get; init; }

    /// <summary>How far it stands out, in standard deviations of its curve; 0 in results of versions that did not keep it.</summary>
    public double Strength { get; init; }

    /// <summary>How much of the value comes from the picture, in the curve's unit: the value less that with the picture's features replaced by their mean;
    /// null if unknown.</summary>
    public double? FromPicture { get; init; }

    /// <summary>How much of the value comes from the sound, in the curve's unit; null if unknown.</summary>
    public double? FromSound { get; init; }

    /// <summary>A moment of these curves, without what came from where.</summary>
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
