using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Encoders.Extraction;

/// <summary>The failures of a run, kept as a <see cref="FailureFile"/>: failures.csv, or failures.PART.csv of a run that is one of several.</summary>
/// <remarks>
/// The entries of an earlier run stay until this one is complete, so that an interrupted run loses nothing. A complete run without failures leaves no file.
/// Not thread-safe: one thread at a time.
/// </remarks>
public sealed class FailureList
{
    /// <summary>The name of the list without extension, which no video's results may have in the same folder.</summary>
    public const string Name = "failures";

    private readonly List<VideoFailure> _failures = [];
    private readonly string _path;
    private IReadOnlyList<ListedFailure>? _earlier;

    /// <summary>Creates an empty list.</summary>
    /// <param name="folder">Its folder; the file is created with the first failure.</param>
    /// <param name="part">Which of several parallel runs this is, for example "0003-of-0016"; null if there is only one.</param>
    public FailureList(string folder, string? part = null) => _path = Path.Combine(folder, FailureFile.NameOf(part));

    /// <summary>What is wrong with the list of an earlier run if it is damaged; null if it is not, or if nothing has failed. It does not count then, and is
    /// kept as <c>failures.csv.damaged</c>.</summary>
    public FailureFileException? Damage { get; private set; }

    /// <summary>The failures, in the order of the run.</summary>
    public IReadOnlyList<VideoFailure> Failures => _failures;

    /// <summary>Adds a failure and writes the list, so that it exists however the run ends.</summary>
    /// <exception cref="FileWriteException">The list cannot be written.</exception>
    public void Add(VideoFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Insert(_failures.Count, failure);
    }

    /// <summary>The same, at a place among those of the run: where several videos are worked on at once, a later one may fail first.</summary>
    internal void Insert(int place, VideoFailure failure)
    {
        _failures.Insert(place, failure);
        _earlier ??= Earlier();
        ListedFailure[] now = [.. _failures.Select(ListedFailure.Of)];
        FailureFile.Write(_path, [.. _earlier.ExceptBy(now.Select(row => row.VideoId), row => row.VideoId, StringComparer.Ordinal), .. now]);
    }

    /// <summary>Ends the run: every video has been seen, and the list now holds only this run's failures.</summary>
    /// <exception cref="FileWriteException">The list cannot be written.</exception>
    public void Complete()
    {
        if (_failures.Count == 0)
        {
            File.Delete(_path);
        }
        else
        {
            FailureFile.Write(_path, [.. _failures.Select(ListedFailure.Of)]);
        }
    }

    private IReadOnlyList<ListedFailure> Earlier()
    {
        try
        {
            return File.Exists(_path) ? FailureFile.Read(_path) : [];
        }
        catch (FailureFileException error)
        {
            Damage = error;
            DamagedFile.SetAside(_path);
            return [];
        }
    }
}
