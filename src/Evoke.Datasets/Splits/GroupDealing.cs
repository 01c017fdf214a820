using System.Collections.Immutable;
using Evoke.Curves.Csv;
using Evoke.Curves.Randomness;
using Evoke.Datasets.Labels;

namespace Evoke.Datasets.Splits;

/// <summary>Deals whole groups of videos to the parts of a data set, by a seed.</summary>
/// <remarks>
/// Groups come in random order, and each goes to the part that lacks most of its share of the labelled time; no part stays empty. The result depends on the
/// videos, their groups and lengths, and the seed alone: the order of the file does not matter. Thread-safe: without state.
/// </remarks>
public static class GroupDealing
{
    /// <summary>The part of each video, counted from 0, in the order of the labels.</summary>
    /// <param name="labels">The videos.</param>
    /// <param name="groups">The group of each video, in the same order.</param>
    /// <param name="shares">How large each part shall be, relative to each other; all above 0.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="DatasetException">There are fewer groups than parts.</exception>
    public static ImmutableArray<int> Deal(LabelSet labels, ImmutableArray<string> groups, IReadOnlyList<double> shares, int seed)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(shares);
        Dictionary<string, double> seconds = new(StringComparer.Ordinal);
        for (int i = 0; i < groups.Length; i++)
        {
            seconds[groups[i]] = seconds.GetValueOrDefault(groups[i]) + SecondsOf(labels.Videos[i]);
        }

        if (seconds.Count < shares.Count)
        {
            throw new DatasetException(
                $"Labels {labels.Name}: expected at least {shares.Count} groups of videos, one for each part; found {seconds.Count} among "
                + $"{labels.Videos.Count} videos.");
        }

        string[] order = [.. seconds.Keys.Order(StringComparer.Ordinal)];
        CounterRandom random = CounterRandom.For(seed, RandomPurpose.Split);
        random.Shuffle(order.AsSpan());
        Dictionary<string, int> parts = PartsOf(order, seconds, shares);
        return [.. groups.Select(group => parts[group])];
    }

    private static Dictionary<string, int> PartsOf(string[] order, Dictionary<string, double> seconds, IReadOnlyList<double> shares)
    {
        double total = seconds.Values.Sum(), whole = shares.Sum();
        double[] lacking = [.. shares.Select(share => share / whole * total)];
        HashSet<int> empty = [.. Enumerable.Range(0, shares.Count)];
        Dictionary<string, int> parts = new(StringComparer.Ordinal);
        for (int i = 0; i < order.Length; i++)
        {
            bool isScarce = order.Length - i == empty.Count;
            int part = Enumerable.Range(0, shares.Count).Where(one => !isScarce || empty.Contains(one)).MaxBy(one => lacking[one]);
            parts[order[i]] = part;
            lacking[part] -= seconds[order[i]];
            empty.Remove(part);
        }

        return parts;
    }

    private static double SecondsOf(LabelledVideo video) => video.Curves.Grid.Count / video.Curves.Grid.Rate.Hertz;
}
