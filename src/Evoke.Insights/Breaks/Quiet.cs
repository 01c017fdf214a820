using System.Collections.Immutable;
using Evoke.Curves.Films;

namespace Evoke.Insights.Breaks;

/// <summary>How quiet a film is at each step.</summary>
internal sealed class Quiet(ImmutableArray<double> levels)
{
    /// <summary>The level of the mean power, in dB of full scale.</summary>
    public double Mean { get; } = 10 * Math.Log10(levels.Average(level => Math.Pow(10, level / 10)));

    /// <summary>The level of the quietest of a step and its neighbours; beyond the end of the sound it is silent.</summary>
    public double LevelAt(int step)
    {
        int from = Math.Max(0, step - 1), to = Math.Min(levels.Length - 1, step + 1);
        return from > to ? FilmTrack.SilentDecibels : levels[from..(to + 1)].Min();
    }

    /// <summary>The share of all steps that are louder, from 0 to 1; steps of the same level count half.</summary>
    public double ShareLouderThan(double level) => levels.Average(other => other > level ? 1 : other == level ? 0.5 : 0);
}
