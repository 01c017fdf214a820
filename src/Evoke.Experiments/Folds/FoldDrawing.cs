using System.Collections.Immutable;
using Evoke.Curves.Randomness;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Splits;

namespace Evoke.Experiments.Folds;

/// <summary>Divides a data set into folds. The folds are a function of the videos, their groups and lengths, and the options alone.</summary>
internal static class FoldDrawing
{
    /// <summary>Test, validation and training videos must not share a group.</summary>
    private const int LeastGroups = 3;

    /// <summary>The folds.</summary>
    /// <param name="labels">The videos, all with features.</param>
    /// <param name="groups">The group of each video.</param>
    /// <param name="options">How to divide them.</param>
    /// <exception cref="CrossValidationException">There are too few groups.</exception>
    public static ImmutableArray<Fold> Draw(LabelSet labels, ImmutableArray<string> groups, CrossValidationOptions options)
    {
        string[] all = [.. groups.Distinct().Order(StringComparer.Ordinal)];
        int least = Math.Max(LeastGroups, options.Folds ?? 0);
        if (all.Length < least)
        {
            string what = options.Groups.IsNone ? "videos with features" : $"groups of videos ({options.Groups.Description})";
            throw new CrossValidationException($"{labels.Name}: expected at least {least} {what}; found {all.Length}.");
        }

        ImmutableArray<int> foldOf = options.Folds is { } count
            ? GroupDealing.Deal(labels, groups, [.. Enumerable.Repeat(1.0, count)], options.Seed)
            : [.. groups.Select(group => Array.BinarySearch(all, group, StringComparer.Ordinal))];
        return [.. Enumerable.Range(0, options.Folds ?? all.Length).Select(fold => FoldOf(labels, groups, foldOf, fold, options))];
    }

    private static Fold FoldOf(LabelSet labels, ImmutableArray<string> groups, ImmutableArray<int> foldOf, int fold, CrossValidationOptions options)
    {
        int[] rest = [.. Enumerable.Range(0, foldOf.Length).Where(video => foldOf[video] != fold)];
        LabelSet others = labels.Only($"{labels.Name} without fold {fold + 1}", rest.Select(video => labels.Videos[video].VideoId));
        int seed = (int)(CounterRandom.For(options.Seed, RandomPurpose.Split, fold + 1).NextSeed() & int.MaxValue);
        ImmutableArray<int> parts = GroupDealing.Deal(
            others, [.. rest.Select(video => groups[video])], [1 - options.ValidationShare, options.ValidationShare], seed);
        return new(
            fold + 1,
            [.. labels.Videos.Where((_, video) => foldOf[video] == fold).Select(video => video.VideoId)],
            [.. others.Videos.Where((_, video) => parts[video] == 1).Select(video => video.VideoId)],
            [.. others.Videos.Where((_, video) => parts[video] == 0).Select(video => video.VideoId)]);
    }
}
