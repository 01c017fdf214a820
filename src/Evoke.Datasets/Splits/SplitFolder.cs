using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Files;

namespace Evoke.Datasets.Splits;

/// <summary>Writes the parts or folds of a data set as label files that training takes.</summary>
/// <remarks>Thread-safe, but let only one thread at a time write to a folder.</remarks>
public static class SplitFolder
{
    /// <summary>The table of all videos with their groups and parts.</summary>
    public const string Table = "split.csv";

    private static readonly string[] s_columns = ["video", "group", "part"];

    /// <summary>Writes one file for each part, <c>NAME.csv</c>, and <c>split.csv</c>.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="groups">The group of each video, in the order of the labels.</param>
    /// <param name="parts">The part of each video, counted from 0.</param>
    /// <param name="names">The names of the parts: train, val, test.</param>
    /// <param name="folder">The folder; it is created.</param>
    /// <returns>The label files, in the order of the names.</returns>
    /// <exception cref="FileWriteException">The folder cannot be written to.</exception>
    public static ImmutableArray<string> WriteParts(
        LabelSet labels, ImmutableArray<string> groups, ImmutableArray<int> parts, IReadOnlyList<string> names, string folder)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(names);
        WritableFolder.Create(folder);
        string[] files = [.. names.Select(name => Path.Combine(folder, $"{name}.csv"))];
        for (int part = 0; part < files.Length; part++)
        {
            Write(labels, video => parts[video] == part, files[part]);
        }

        WriteTable(labels, groups, [.. parts.Select(part => names[part])], folder);
        return [.. files];
    }

    /// <summary>
    /// Writes <c>fold-1/train.csv</c> and <c>fold-1/val.csv</c>, the videos outside and inside the first fold, and so on; and <c>split.csv</c>.
    /// </summary>
    /// <param name="labels">The labels.</param>
    /// <param name="groups">The group of each video, in the order of the labels.</param>
    /// <param name="folds">The fold of each video, counted from 0.</param>
    /// <param name="folder">The folder; it is created.</param>
    /// <returns>For each fold the file to train on and the one to validate on.</returns>
    /// <exception cref="FileWriteException">The folder cannot be written to.</exception>
    public static ImmutableArray<(string Train, string Validation)> WriteFolds(
        LabelSet labels, ImmutableArray<string> groups, ImmutableArray<int> folds, string folder)
    {
        ArgumentNullException.ThrowIfNull(labels);
        List<(string, string)> files = [];
        for (int fold = 0; fold <= folds.Max(); fold++)
        {
            string place = Path.Combine(folder, NameOf(fold));
            WritableFolder.Create(place);
            (string train, string validation) = (Path.Combine(place, "train.csv"), Path.Combine(place, "val.csv"));
            Write(labels, video => folds[video] != fold, train);
            Write(labels, video => folds[video] == fold, validation);
            files.Add((train, validation));
        }

        WriteTable(labels, groups, [.. folds.Select(NameOf)], folder);
        return [.. files];
    }

    private static string NameOf(int fold) => string.Create(CultureInfo.InvariantCulture, $"fold-{fold + 1}");

    private static void Write(LabelSet labels, Predicate<int> isIn, string path) =>
        EevCsv.Write(labels.Scheme, labels.Videos.Where((_, video) => isIn(video)), path, EevCsv.YouTubeId);

    private static void WriteTable(LabelSet labels, ImmutableArray<string> groups, ImmutableArray<string> parts, string folder) => CsvTable.Write(
        Path.Combine(folder, Table),
        s_columns,
        labels.Videos.Select(IReadOnlyList<string> (video, i) => [video.VideoId, groups[i], parts[i]]));
}
