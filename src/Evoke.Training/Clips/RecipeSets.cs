using Evoke.Datasets.Sets;

namespace Evoke.Training.Clips;

/// <summary>What one recipe trains and validates on.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Train">The training videos.</param>
/// <param name="Validation">The validation videos.</param>
public sealed record RecipeSets(VideoSet Train, VideoSet Validation);
