using CsvHelper;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Encoders.Extraction;

/// <summary>A listed failure.</summary>
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
public static class FailureFile
{
    private const string Stem = FailureList.Name;
    private const string Extension = ".csv";
    private static readonly string[] Columns = ["video_id", "path", "error", "message"];
    private static readonly CsvReaderOptions Reading = new() { Separator = ',', TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };

    /// <summary>The lists of all runs into a feature store as one, by id. For a video in several lists, the last written list counts;
    /// a video that has features by now, extracted from the file that the list names, is no longer a failure.</summary>
    /// <param name="store">The store that the runs wrote to.</param>
    /// <exception cref="FailureFileException">A list is damaged; the message names the line.</exception>
    public static IReadOnlyList<ListedFailure> ReadAll(FeatureStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        SortedDictionary<string, ListedFailure> byId = new(StringComparer.Ordinal);
        foreach (FileInfo list in new DirectoryInfo(store.Folder).EnumerateFiles($"{Stem}*{Extension}").Where(IsList).OrderBy(file => file.LastWriteTimeUtc))
        {
            foreach (ListedFailure failure in Read(list.FullName))
            {
                byId[failure.VideoId] = failure;
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
            using CsvReader csv = CsvReader.FromFile(path, Reading);
            if (!csv.Headers.ToArray().SequenceEqual(Columns, StringComparer.Ordinal))
            {
                throw new FailureFileException(
                    path, 1, $"expected the header '{string.Join(',', Columns)}', found '{string.Join(',', csv.Headers.ToArray())}'.");
            }

            List<ListedFailure> failures = [];
            while (csv.Read())
            {
                failures.Add(csv.FieldCount == Columns.Length
                    ? new ListedFailure(csv.GetString(0), csv.GetString(1), csv.GetString(2), csv.GetString(3))
                    : throw new FailureFileException(
                        path, csv.LineNumber, FormattableString.Invariant($"expected {Columns.Length} fields, found {csv.FieldCount}.")));
            }

            return failures;
        }
        catch (FileNotFoundException)
        {
            return []; // A run that has just completed has removed its list.
        }
    }

    internal static void Write(string path, IReadOnlyList<ListedFailure> failures) => AtomicFile.Write(path, stream =>
    {
        using CsvWriter csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord(Columns);
        foreach (ListedFailure failure in failures)
        {
            csv.WriteRecord([failure.VideoId, failure.Path, failure.Error, failure.Message]);
        }
    });

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
