using Evoke.Curves.Csv;
using Evoke.Datasets.Fetching;
using Evoke.Datasets.Labels;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Datasets.Checking;

/// <summary>Checks that the labels, videos and features of a dataset match, before hours are spent on them.</summary>
/// <remarks>Thread-safe: each call has a state of its own.</remarks>
public sealed class DatasetCheck
{
    private readonly DatasetCheckOptions _options;
    private readonly Dictionary<string, (string File, double Seconds)> _labelled = new(StringComparer.Ordinal);
    private readonly List<Disagreement> _found = [];
    private readonly List<VideoAbsence> _gone = [];
    private readonly List<string> _notes = [];
    private AbsenceListException? _damage;

    private DatasetCheck(DatasetCheckOptions options) => _options = options;

    /// <summary>Checks a dataset.</summary>
    /// <param name="options">What to check.</param>
    /// <param name="progress">Receives the number of video files probed so far, from several threads.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="EevCsvException">A label file is not in EEV's format, or a label is outside its range; the message names the line.</exception>
    /// <exception cref="FileReadException">A label file cannot be read.</exception>
    /// <exception cref="DatasetFolderMissingException">There is no such folder of videos.</exception>
    /// <exception cref="FeatureStoreMissingException">There is no such folder of features.</exception>
    public static async Task<DatasetCheckReport> RunAsync(
        DatasetCheckOptions options, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        DatasetCheck check = new(options);
        check.ReadLabels(cancellationToken);
        int? files = options.Videos is null ? null : await check.CheckVideosAsync(options.Videos, progress, cancellationToken).ConfigureAwait(false);
        int? features = options.Features is null ? null : check.CheckFeatures(options.Features, cancellationToken);
        Disagreement[] found = [.. check._found.OrderBy(found => found.Kind)];
        return new DatasetCheckReport(check._labelled.Count, files, features, found, check._gone) { DamagedList = check._damage, Notes = check._notes };
    }

    private void ReadLabels(CancellationToken cancellationToken)
    {
        foreach (string file in _options.LabelFiles)
        {
            // Labels are read so that wrong ones are found now; EEV's test file has none.
            bool hasLabels = EevCsv.ReadScheme(file) is not null, inMilliseconds = false;
            foreach (VideoTimes video in hasLabels ? EevCsv.ReadLabels(file).Select(video => video.Times) : EevCsv.ReadTimes(file))
            {
                cancellationToken.ThrowIfCancellationRequested();
                inMilliseconds |= video.Unit == TimestampUnit.Milliseconds;
                if (!_labelled.TryAdd(video.VideoId, (file, video.Grid.Count / video.Grid.Rate.Hertz)))
                {
                    Add(DisagreementKind.Shared, video.VideoId, $"it is in {_labelled[video.VideoId].File} and in {file}; a video belongs in one of them.");
                }
            }

            if (inMilliseconds)
            {
                _notes.Add(LabelSet.MillisecondsNote(file));
            }
        }
    }

    private async Task<int> CheckVideosAsync(string folder, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<VideoFile> files = FilesOf(folder);
        HashSet<string> present = [.. files.Select(file => file.VideoId)];
        AbsenceList absent = AbsenceList.Open(folder);
        _damage = absent.Damage;
        foreach ((string id, (string file, _)) in _labelled.Where(video => !present.Contains(video.Key)))
        {
            if (absent.Find(id) is { } known)
            {
                _gone.Add(known);
            }
            else
            {
                Add(DisagreementKind.FileMissing, id, $"it is in {file}, but {folder} has no such video.");
            }
        }

        foreach (VideoFile file in files.Where(file => !_labelled.ContainsKey(file.VideoId)))
        {
            Add(DisagreementKind.LabelsMissing, file.VideoId, $"{file.Path} exists, but no label file has it.");
        }

        VideoInventory inventory = await VideoInventory.ReadAsync(
            [.. files.Where(file => _labelled.ContainsKey(file.VideoId))], progress, cancellationToken).ConfigureAwait(false);
        foreach (VideoFailure failure in inventory.Failures)
        {
            Add(DisagreementKind.Unreadable, failure.Video.VideoId, failure.Error.Message);
        }

        foreach (InventoryEntry entry in inventory.Entries)
        {
            Compare(DisagreementKind.FileLength, entry.Video.VideoId, entry.Video.Path, entry.DurationSeconds);
        }

        return files.Count;
    }

    private int CheckFeatures(string folder, CancellationToken cancellationToken)
    {
        FeatureStore store = FeatureStore.Open(folder);
        int there = 0;
        foreach ((string id, (string file, _)) in _labelled)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!store.Contains(id))
            {
                // Without its video it cannot have features: one report is enough.
                if (!_gone.Exists(gone => gone.VideoId == id))
                {
                    Add(DisagreementKind.FeaturesMissing, id, $"it is in {file}, but {folder} has no features of it.");
                }

                continue;
            }

            there++;
            try
            {
                using FeatureFile features = store.OpenFile(id);
                Compare(DisagreementKind.FeatureLength, id, store.PathOf(id), features.Header.DurationSeconds);
            }
            catch (EvokeException error)
            {
                Add(DisagreementKind.Unreadable, id, error.Message);
            }
        }

        return there;
    }

    private void Compare(DisagreementKind kind, string id, string path, double? seconds)
    {
        (string file, double labelled) = _labelled[id];
        if (seconds is { } found && Math.Abs(found - labelled) > _options.ToleranceSeconds)
        {
            Add(kind, id, FormattableString.Invariant($"{file} has {labelled:0.##} s of labels, {path} lasts {found:0.##} s; ")
                + FormattableString.Invariant($"the lengths may differ by at most {_options.ToleranceSeconds:0.##} s."));
        }
    }

    private void Add(DisagreementKind kind, string id, string message) => _found.Add(new Disagreement(kind, id, message));

    // A folder without videos is a finding here, not an error: all of its videos are missing.
    private static IReadOnlyList<VideoFile> FilesOf(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DatasetFolderMissingException(folder);
        }

        try
        {
            return VideoFiles.Find([folder]);
        }
        catch (NoVideosException)
        {
            return [];
        }
    }
}
