using Evoke.Training.Recipes;

namespace Evoke.Experiments.Search;

/// <summary>The settings of one trial.</summary>
/// <param name="Number">The number of the trial, from 0.</param>
/// <param name="Values">One value for each range.</param>
/// <param name="Recipe">The whole recipe.</param>
internal sealed record DrawnTrial(int Number, IReadOnlyList<string> Values, Recipe Recipe);
