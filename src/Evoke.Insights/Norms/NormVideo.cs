using Evoke.Curves.Export;
using Evoke.Curves.Measures;

namespace Evoke.Insights.Norms;

/// <summary>A video of a norm, told from others by its id and its length.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Id">The video's id.</param>
/// <param name="DurationSeconds">Its length in seconds.</param>
public sealed record NormVideo(string Id, double DurationSeconds)
{
    // Other decoders and containers tell lengths that differ by some frames.
    private const double LengthTolerance = 0.5;

    /// <summary>The video of a prediction.</summary>
    public static NormVideo Of(PredictionDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new NormVideo(document.VideoId, document.DurationSeconds);
    }

    /// <summary>True if both are one video: the same id, and lengths that differ by half a second at most.</summary>
    public bool IsSameAs(NormVideo other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(Id, other.Id, StringComparison.Ordinal) && Math.Abs(DurationSeconds - other.DurationSeconds) <= LengthTolerance;
    }
}

/// <summary>One value of a measure.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Value">The value.</param>
/// <param name="Video">Which of <see cref="Norm.Videos"/> has it, counted from 0.</param>
public readonly record struct NormValue(double Value, int Video);

/// <summary>A video that is to be part of a norm.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Video">The video.</param>
/// <param name="Model">The model of its curves.</param>
/// <param name="Measures">Its measures.</param>
public sealed record NormMember(NormVideo Video, ModelIdentity Model, MeasureList Measures);
