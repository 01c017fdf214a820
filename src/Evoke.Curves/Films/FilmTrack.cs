using System.Collections.Immutable;

namespace Evoke.Curves.Films;

/// <summary>What is known of a video besides its curves, step by step.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Rate">Steps per second (Hz).</param>
/// <param name="Cuts">The steps within which a shot begins by a hard cut, ascending, counted from 0; null if unknown.</param>
/// <param name="Loudness">The level of the sound in each step, in dB of full scale, from -100 (silence) on; null if unknown or if there is no sound.</param>
public sealed record FilmTrack(Rate Rate, ImmutableArray<int>? Cuts, ImmutableArray<double>? Loudness)
{
    /// <summary>The level of a step without any sound, in dB of full scale.</summary>
    public const double SilentDecibels = -100;

    /// <summary>The share of speech in each step, from 0 to 1; null if it is unknown.</summary>
    public ImmutableArray<double>? Speech { get; init; }

    /// <summary>How many hard cuts there are, several in one step included; null if unknown.</summary>
    public int? CutCount { get; init; } = Cuts?.Length;
}
