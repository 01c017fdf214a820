using Evoke.Curves.Csv;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Encoders.Extraction;

/// <summary>A listed failure.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="VideoId">The video's id.</param>
/// <param name="Path">Its file, as the run named it.</param>
/// <param name="Error">The type of the error.</param>
/// <param name="Message">The error message.</param>
public sealed record ListedFailure(string VideoId, string Path, string Error, string Message)
{
    internal static ListedFailure Of(VideoFailure failure) =>
        new(failure.Video.VideoId, failure.Video.Path, failure.Error.GetType().Name, failure.Error.Message);
}

/// <summary>Lists of failures in a folder: failures.csv, and failures.PART.csv of parallel runs. Columns: video_id, path, error,
/// message.</summary>
/// <remarks>Thread-safe; of several writers of one file the last one wins.</remarks>
public static class FailureFile
{
    private const string Stem = FailureList.Name;
    private const string Extension = ".csv";
    private static readonly string[] Columns = ["video_id", "path", "error", "message"];

    /// <summary>The lists of all runs into a feature store as one, by id. For a video in several lists, the last written list counts;
    /// a video that has features by now, extracted from the file that the list names, is no longer a failure.</summary>
    /// <param name="store">The store that the runs wrote to.</param>
    /// <param name="damaged">Receives the lists that are damaged, which do not count; null if a damaged list is an error.</param>
    /// <exception cref="FailureFileException">A list is damaged; the message names the line.</exception>
    public static IReadOnlyList<ListedFailure> ReadAll(FeatureStore store, ICollection<FailureFileException>? damaged = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        SortedDictionary<string, ListedFailure> byId = new(StringComparer.Ordinal);
        foreach (FileInfo list in new DirectoryInfo(store.Folder).EnumerateFiles($"{Stem}*{Extension}").Where(IsList).OrderBy(file => file.LastWriteTimeUtc))
        {
            try
            {
                foreach (ListedFailure failure in Read(list.FullName))
                {
                    byId[failure.VideoId] = failure;
                }
            }
            catch (FailureFileException error) when (damaged is not null)
            {
                damaged.Add(error);
            }
        }

        return [.. byId.Values.Where(failure => !HasSucceeded(failure, store))];
    }

    /// <summary>The name of a list.</summary>
    /// <param name="part">Which of several runs, for example "0003-of-0016"; null if there is only one.</param>
    internal static string NameOf(string? part) => part is null ? Stem + Extension : $"{Stem}.{part}{Extension}";

    /// <exception cref="FailureFileException">It is damaged.</exception>
    internal static IReadOnlyList<ListedFailure> Read(string path)
    {
        try
        {
            return
            [
                .. CsvTable.Read(path, Columns, (line, problem) => new FailureFileException(path, line, problem)).Select(row => Entry(path, row)),
            ];
        }
        catch (FileReadException error) when (error.InnerException is FileNotFoundException)
        {
            return []; // A run that has just completed has removed its list.
        }
    }

    private static ListedFailure Entry(string path, CsvRow row) =>
        row.Fields[0].Length == 0 || row.Fields[1].Length == 0
            ? throw new FailureFileException(path, row.Line, "expected the id and the path of a video; one is empty.")
            : new ListedFailure(row.Fields[0], row.Fields[1], row.Fields[2], row.Fields[3]);

    internal static void Write(string path, IReadOnlyList<ListedFailure> failures) => CsvTable.Write(
        path, Columns, failures.Select(IReadOnlyList<string> (failure) => [failure.VideoId, failure.Path, failure.Error, failure.Message]));

    // failures.csv and failures.PART.csv, not failures2.csv.
    private static bool IsList(FileInfo file) => file.Name.Length == Stem.Length + Extension.Length || file.Name[Stem.Length] == '.';

    private static bool HasSucceeded(ListedFailure failure, FeatureStore store)
    {
        if (!store.Contains(failure.VideoId))
        {
            return false;
        }

        try
        {
            using FeatureFile features = store.OpenFile(failure.VideoId);
            FileInfo source = new(failure.Path);
            return features.Header.SourceName == source.Name && (!source.Exists || features.Header.SourceBytes == source.Length);
        }
        catch (EvokeException)
        {
            return false; // Corrupt features do not count as success.
        }
    }
}

/// <summary>A list of failures is invalid; the message names the file, the line, what was expected and what was found.</summary>
public sealed class FailureFileException : EvokeException
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    /// <summary>Creates the error.</summary>
    public FailureFileException(string path, long line, string problem)
        : base(FormattableString.Invariant($"{path}, line {line}: {problem}"))
    {
    }
}
