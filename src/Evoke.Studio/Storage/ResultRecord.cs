using System.Collections.Immutable;
using Evoke.Curves;

namespace Evoke.Studio.Storage;

/// <summary>The result of a model for a video.</summary>
internal sealed record ResultRecord
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
    public required Rate Rate { get; init; }

    /// <summary>Row-major [rows, emotions].</summary>
    public required float[] Curves { get; init; }

    /// <summary>For an ensemble the standard deviation over its members, in the layout of <see cref="Curves"/>; else null.</summary>
    public float[]? Spread { get; init; }

    /// <summary>Everything besides the curves.</summary>
    public required ResultDetails Details { get; init; }

    /// <summary>The names and ranges of the curves.</summary>
    public EmotionScheme ToScheme() => new(Scheme, Details.Ranges);

    /// <summary>Number of rows.</summary>
    public int Rows => Curves.Length / Scheme.Length;
}
