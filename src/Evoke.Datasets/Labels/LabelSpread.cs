using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Files;

namespace Evoke.Datasets.Labels;

/// <summary>Reads how far the raters of labels were apart: the table of standard deviations that <c>evoke dataset import</c> writes beside labels.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class LabelSpread
{
    /// <summary>The name of the table.</summary>
    public const string FileName = "spread.csv";

    /// <summary>The labels with their raters' spread, from the table beside their file.</summary>
    /// <param name="labels">The labels.</param>
    /// <returns>The same labels; <see cref="LabelSet.Spread"/> has a row for each of theirs.</returns>
    /// <exception cref="DatasetException">The labels are not from one file, there is no table beside it, or the table lacks a video or a curve, has other
    /// rows, or has no spread at all.</exception>
    /// <exception cref="EvokeException">The table cannot be read.</exception>
    public static LabelSet AddTo(LabelSet labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.File is not { Path: var path })
        {
            throw new DatasetException($"Labels {labels.Name}: expected a file with {FileName} beside it, the spread of the raters; these labels have none.");
        }

        string table = Path.Combine(Path.GetDirectoryName(path)!, FileName);
        if (!File.Exists(table))
        {
            throw new DatasetException(
                $"Labels {labels.Name}: expected {table}, the spread of the raters, which 'evoke dataset import' writes beside labels; found none.");
        }

        LabelSet found = LabelSet.Read(table);
        string[] missing = [.. labels.Scheme.Names.Where(name => found.Scheme.IndexOf(name) < 0)];
        return missing.Length == 0
            ? labels.With(Fitting(labels, found.Select(labels.Scheme.Names)))
            : throw new DatasetException($"{table}: expected the spread of all curves of {labels.Name}; there is none of {string.Join(" and ", missing)}.");
    }

    private static LabelSet Fitting(LabelSet labels, LabelSet found)
    {
        List<LabelledVideo> own = [];
        foreach (LabelledVideo video in labels.Videos)
        {
            LabelledVideo spread = found.Find(video.VideoId)
                ?? throw new DatasetException($"{found.Name}: expected the spread of all videos of {labels.Name}; there is none of video '{video.VideoId}'.");
            TimeGrid expected = video.Curves.Grid, grid = spread.Curves.Grid;
            own.Add(grid == expected
                ? spread
                : throw new DatasetException($"{found.Name}: expected a row for each label of video '{video.VideoId}', {expected}; found {grid}."));
        }

        return own.Exists(video => video.Curves.Values.ContainsAnyInRange(0, float.MaxValue))
            ? new LabelSet(found.Name, found.Scheme, own)
            : throw new DatasetException($"{found.Name}: expected labels by two raters or more; the spread is missing everywhere.");
    }
}
