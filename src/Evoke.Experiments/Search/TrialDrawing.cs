using System.Globalization;
using Evoke.Curves.Randomness;
using Evoke.Training.Recipes;

namespace Evoke.Experiments.Search;

/// <summary>Draws the settings of trials: a function of only the search's seed and the trial's number, so that a restart does not change them.</summary>
internal static class TrialDrawing
{
    private const int Attempts = 100;

    /// <summary>The values of one trial, one for each range, in their order.</summary>
    /// <exception cref="SearchException">No valid combination of values was found; the message lists the last mistakes.</exception>
    public static DrawnTrial Draw(SearchSpec spec, int trial)
    {
        IReadOnlyList<string> mistakes = [];
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            string[] values = Values(spec, trial, attempt);
            try
            {
                string[] settings = [.. spec.Ranges.Zip(values, (range, value) => $"{range.Key}={value}")];
                return new DrawnTrial(trial, values, spec.RecipeWith([.. settings, string.Create(CultureInfo.InvariantCulture, $"name={spec.Name}-{trial}")]));
            }
            catch (RecipeException error)
            {
                mistakes = error.Mistakes; // keys that contradict each other: draw other values
            }
        }

        throw new SearchException(spec.Name, [$"no valid combination of values in {Attempts} draws; the mistakes of the last draw:", .. mistakes]);
    }

    private static string[] Values(SearchSpec spec, int trial, int attempt)
    {
        string[] values = new string[spec.Ranges.Count];
        for (int i = 0; i < values.Length; i++)
        {
            CounterRandom random = CounterRandom.For(spec.Seed, RandomPurpose.Search, trial, ((long)attempt * values.Length) + i);
            values[i] = spec.Ranges[i].Draw(ref random);
        }

        return values;
    }
}
