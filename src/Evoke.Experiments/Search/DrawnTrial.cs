using Evoke.Training.Recipes;

namespace Evoke.Experiments.Search;

/// <summary>What one trial is to try.</summary>
/// <param name="Number">Which trial, from 0.</param>
/// <param name="Values">One value for each range.</param>
/// <param name="Recipe">The whole recipe.</param>
internal sealed record DrawnTrial(int Number, IReadOnlyList<string> Values, Recipe Recipe);
