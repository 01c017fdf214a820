using System.Collections.Immutable;
using Evoke.Curves;

namespace Evoke.Studio.Predictions;

/// <summary>What is known of a video besides its curves, step by step.</summary>
/// <param name="Rate">Steps per second (Hz).</param>
/// <param name="Cuts">The steps within which a shot begins by a hard cut, counted from 0; null if unknown.</param>
/// <param name="Loudness">The level of the sound in each step, in dB of full scale, from -100 on; null if unknown or if there is no sound.</param>
internal sealed record FilmTrack(Rate Rate, ImmutableArray<int>? Cuts, ImmutableArray<double>? Loudness);
