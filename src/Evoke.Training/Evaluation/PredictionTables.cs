using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Files;
using Evoke.Files.Text;

namespace Evoke.Training.Evaluation;

/// <summary>Predictions to be scored, from one file or many.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Predictions">The predictions.</param>
/// <param name="Notes">What users should know about them besides <see cref="LabelSet.Notes"/>.</param>
public sealed record PredictionTables(LabelSet Predictions, IReadOnlyList<string> Notes)
{
    private const string Pattern = "*.csv";

    /// <summary>Reads predictions in EEV's format, and brings them to the length of labels that were moved earlier.</summary>
    /// <param name="filesAndFolders">At least one; of a folder all files <c>*.csv</c> in it and its subfolders. Of several files, videos without labels are
    /// left out and noted; of one file they stay, so that scoring refuses them.</param>
    /// <param name="labels">The labels, moved earlier by the lag.</param>
    /// <param name="labelled">The scheme of the labels' file; null if it says none.</param>
    /// <param name="lagSeconds">By how much the labels were moved: so much at the end of each prediction has no labels.</param>
    /// <exception cref="FileReadException">A file or folder cannot be read.</exception>
    /// <exception cref="EvokeException">A file is not a table of predictions; the message names the line.</exception>
    /// <exception cref="DatasetException">A folder has no table, a video is in two files, or the files have different curves.</exception>
    public static PredictionTables Read(IReadOnlyList<string> filesAndFolders, LabelSet labels, EmotionScheme? labelled, double lagSeconds)
    {
        ArgumentNullException.ThrowIfNull(filesAndFolders);
        ArgumentNullException.ThrowIfNull(labels);
        string[] files = [.. filesAndFolders.SelectMany(FilesOf).Distinct(StringComparer.Ordinal)];
        LabelSet[] read = [.. files.Select(file => labelled is null ? LabelSet.Read(file) : LabelSet.ReadPredictions(file, labelled))];
        bool isOne = read.Length == 1;
        LabelledVideo[] all = [.. read.SelectMany(set => set.Videos.Select(video => new LabelledVideo(video.Times, video.Curves.As(CommonScheme(read)))))];
        LabelledVideo[] kept = [.. all.Where(video => isOne || labels.Find(video.VideoId) is not null)];
        string name = isOne ? read[0].Name : $"{files[0]} and {Quantity.Of(files.Length - 1, "other file")}";
        LabelSet predictions = new(
            name,
            CommonScheme(read),
            (kept.Length > 0 ? kept : all).Select(video => labels.Find(video.VideoId) is { } own ? Cut(video, own, lagSeconds) : video));
        string[] left = kept.Length > 0 && kept.Length < all.Length
            ? [$"Predictions without labels are not scored: {Quantity.Of(all.Length - kept.Length, "video")} of {all.Length}."]
            : [];
        return new PredictionTables(predictions, [.. left, .. ScaleNotes(files, labelled)]);
    }

    // Those of a model whose curves are from 0 to 1, for example, while the labels are not.
    private static IEnumerable<string> ScaleNotes(string[] files, EmotionScheme? labelled)
    {
        string[] bare = labelled is null or { FollowsFromNames: true } ? [] : [.. files.Where(file => !File.Exists(SchemeFile.PathFor(file)))];
        return bare.Length == 0
            ? []
            : [$"Predictions without a scheme are taken to be on the scale of the labels: {bare[0]}{(bare.Length == 1 ? "" : $" and {bare.Length - 1} more")}. "
                + $"If they are not, CCC is wrong: say their range in {Path.GetFileName(SchemeFile.PathFor(bare[0]))}, in the same folder."];
    }

    private static EmotionScheme CommonScheme(LabelSet[] read)
    {
        EmotionScheme scheme = read[0].Scheme;
        return read.FirstOrDefault(set => !set.Scheme.HasSameNames(scheme)) is { } other
            ? throw new DatasetException($"Predictions must have the same curves: {read[0].Name} has {scheme}; {other.Name} has {other.Scheme}.")
            : scheme;
    }

    // Only what the lag explains: other differences of length are mistakes, which scoring finds.
    private static LabelledVideo Cut(LabelledVideo predicted, LabelledVideo labels, double lagSeconds)
    {
        TimeGrid grid = predicted.Curves.Grid, labelled = labels.Curves.Grid;
        int count = TimeGrid.ForDuration(labelled.Count / labelled.Rate.Hertz, grid.Rate).Count;
        int extra = grid.Count - count;
        return lagSeconds > 0 && extra > 0 && extra <= Math.Ceiling(lagSeconds * grid.Rate.Hertz)
            ? new LabelledVideo(
                predicted.VideoId,
                new EmotionCurves(
                    predicted.Curves.Scheme, new TimeGrid(grid.Rate, count), predicted.Curves.Values[..(count * predicted.Curves.Scheme.Count)].ToArray()))
            : predicted;
    }

    private static string[] FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        try
        {
            string[] files = [.. Directory.EnumerateFiles(path, Pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            return files.Length > 0 ? files : throw new DatasetException($"{path}: expected tables of predictions ({Pattern}); found none.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }
}
