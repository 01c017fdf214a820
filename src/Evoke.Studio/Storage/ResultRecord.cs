using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Moments;

namespace Evoke.Studio.Storage;

/// <summary>What a model said about a video.</summary>
public sealed record ResultRecord
{
    /// <summary>Id of the video.</summary>
    public required string VideoId { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>When it was computed, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Duration of the video in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Names of the emotions, in column order.</summary>
    public required ImmutableArray<string> Scheme { get; init; }

    /// <summary>Rows per second (Hz).</summary>
    public required double Rate { get; init; }

    /// <summary>Row-major [rows, emotions].</summary>
    public required float[] Curves { get; init; }

    /// <summary>For an ensemble the standard deviation over its members, as <see cref="Curves"/>; else null.</summary>
    public float[]? Spread { get; init; }

    /// <summary>Everything that is shown beside the curves.</summary>
    public required ResultDetails Details { get; init; }

    /// <summary>Number of rows.</summary>
    public int Rows => Curves.Length / Scheme.Length;
}

/// <summary>What is shown beside the curves of a result.</summary>
public sealed record ResultDetails
{
    /// <summary>What the model is.</summary>
    public required ModelCard Model { get; init; }

    /// <summary>Names the encoders whose features the result was made from, among those kept of the video.</summary>
    public required string FeatureKey { get; init; }

    /// <summary>The strongest peaks and dips, in time order.</summary>
    public required ImmutableArray<MomentCard> Moments { get; init; }

    /// <summary>Each emotion in a few numbers, in column order.</summary>
    public required ImmutableArray<EmotionSummary> Summary { get; init; }

    /// <summary>The stamp of the model's file when it was read; empty for a model without a file.</summary>
    public string ModelStamp { get; init; } = string.Empty;

    /// <summary>What a person should know about the result; empty if all is well.</summary>
    public required ImmutableArray<string> Warnings { get; init; }
}

/// <summary>What a model is, shown plainly beside each of its results.</summary>
public sealed record ModelCard
{
    /// <summary>The name by which requests name it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a sentence or two.</summary>
    public required string Description { get; init; }

    /// <summary>What it was trained on and scored on; empty if that is not known, or if it needs no training.</summary>
    public string TrainedOn { get; init; } = string.Empty;

    /// <summary>The emotions it knows, in column order.</summary>
    public required ImmutableArray<string> Scheme { get; init; }

    /// <summary>How well it scored, by name of the measure; empty if it never was.</summary>
    public required ImmutableSortedDictionary<string, double> Scores { get; init; }

    /// <summary>How many networks it averages: 1 unless it is an ensemble.</summary>
    public required int Members { get; init; }

    /// <summary>For an ensemble the range of the Pearson correlations that its members scored, each alone; null if it is none, or if they were never scored.</summary>
    public ScoreRange? MemberPearson { get; init; }
}

/// <summary>The least and the greatest of several scores.</summary>
public sealed record ScoreRange(double Least, double Greatest);

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

    /// <summary>How much of the value comes from the picture, in the curve's unit: the value less that with the picture's features replaced by their mean; null if unknown.</summary>
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
            Kind = moment.Kind == MomentKind.Peak ? "peak" : "dip",
            StartSeconds = curves.Grid.SecondsAt(moment.StartStep),
            Seconds = curves.Grid.SecondsAt(moment.Step),
            EndSeconds = curves.Grid.SecondsAt(moment.EndStep),
            Value = moment.Value,
            Prominence = moment.Prominence,
        };
    }
}
