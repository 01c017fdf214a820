using System.Collections.Immutable;
using Evoke.Curves.Films;

namespace Evoke.Insights.Breaks;

/// <summary>How quiet a film is at each step.</summary>
internal sealed class Quiet(ImmutableArray<double> levels)
{
    /// <summary>The level of the mean power, in dB of full scale.</summary>
    public double Mean { get; } = 10 * Math.Log10(levels.Average(level => Math.Pow(10, level / 10)));

    /// <summary>The level of the quietest of a step and its neighbours.</summary>
    public double LevelAt(int step) => Around(step).Min();

    /// <summary>How quiet a step and its neighbours are, from 0 to 1: the share of all steps that are louder, mean over the three; steps of the same level
    /// count half.</summary>
    public double ShareLouderThan(int step) => Around(step).Average(level => levels.Average(other => other > level ? 1 : other == level ? 0.5 : 0));

    // Beyond the end of the sound it is silent.
    private IEnumerable<double> Around(int step) =>
        Enumerable.Range(Math.Max(0, step - 1), step == 0 ? 2 : 3).Select(at => at < levels.Length ? levels[at] : FilmTrack.SilentDecibels);
}
