using System.Buffers;
using System.Collections.Concurrent;
using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;
using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Datasets.Fetching;

/// <summary>Downloads the videos of a dataset with yt-dlp: a few at once, politely; repeated runs complete the set as far as it is available.</summary>
/// <remarks>
/// A video is stored as <c>ID.mp4</c> (or with the extension that it came with) once it is complete; until then it is under <c>.partial/ID</c>, where a
/// later run resumes it.
/// Unavailable videos are listed in <c>gone.csv</c>: see <see cref="AbsenceList"/>. A video that the site does not serve because it limits requests is not one:
/// the fetch waits (see <see cref="VideoFetchOptions.LimitPatience"/>), asks for nothing else meanwhile, and then asks again.
/// Thread-safe; a second fetch into the same folder is refused.
/// </remarks>
public sealed class VideoFetch
{
    private const string PartialFolder = ".partial", LockName = ".fetch.lock";
    private const long LeastRoom = 1 << 16;

    // Ids become folder names: with these characters alone they cannot lead out of the folder.
    private static readonly SearchValues<char> s_idCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string _folder;
    private readonly VideoFetchOptions _options;
    private readonly AbsenceList _absent;
    private readonly HashSet<string> _there; // read once: searching thousands of files for each video would be slow
    private readonly ConcurrentBag<string> _fetched = [];
    private readonly ConcurrentBag<string> _present = [];
    private readonly ConcurrentBag<string> _postponed = [];
    private readonly PatientRequests _requests;

    private VideoFetch(string folder, VideoFetchOptions options, PatientRequests requests)
    {
        _folder = folder;
        _options = options;
        _requests = requests;
        _absent = AbsenceList.Open(_folder);
        _there = [.. Directory.EnumerateFiles(_folder).Where(VideoFiles.IsMediaName).Select(VideoFiles.IdOf)];
    }

    /// <summary>Downloads videos.</summary>
    /// <param name="videoIds">YouTube ids; duplicates count once.</param>
    /// <param name="folder">The folder to write to; it is created.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Receives the number of videos settled so far, from several threads.</param>
    /// <param name="waits">Receives the length of each wait for a site that limits requests, before it begins.</param>
    /// <param name="cancellationToken">Stops yt-dlp and waits at once; the next fetch resumes what was begun.</param>
    /// <exception cref="NotAYouTubeIdException">An id is not a YouTube id; nothing has been downloaded.</exception>
    /// <exception cref="YtDlpMissingException">yt-dlp could not be started.</exception>
    /// <exception cref="FetchUnderWayException">Another fetch writes to the folder.</exception>
    public static async Task<VideoFetchReport> RunAsync(
        IEnumerable<string> videoIds,
        string folder,
        VideoFetchOptions options,
        IProgress<int>? progress = null,
        IProgress<TimeSpan>? waits = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(videoIds);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.FirstWait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.LongestWait, TimeSpan.Zero);
        string[] ids = [.. videoIds.Distinct(StringComparer.Ordinal)];
        if (ids.FirstOrDefault(id => id.Length == 0 || id.AsSpan().ContainsAnyExcept(s_idCharacters)) is { } odd)
        {
            throw new NotAYouTubeIdException(odd);
        }

        await RunYtDlpAsync(options.Program, ["--version"], Environment.CurrentDirectory, cancellationToken).ConfigureAwait(false);
        using PatientRequests requests = new(options, waits);
        string whole = WritableFolder.Create(folder);
        using FileLock held = FileLock.TryTake(Path.Combine(whole, LockName)) ?? throw new FetchUnderWayException(whole);
        VideoFetch fetch = new(whole, options, requests);
        int settled = 0;
        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                await fetch.SettleOrTellAsync(id, token).ConfigureAwait(false);
                progress?.Report(Interlocked.Increment(ref settled));
            }).ConfigureAwait(false);
        return fetch.Report(ids);
    }

    private static async Task<BufferedCommandResult> RunYtDlpAsync(string program, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await Cli.Wrap(program)
                .WithArguments(arguments)
                .WithWorkingDirectory(folder)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Win32Exception error)
        {
            throw new YtDlpMissingException(program, error);
        }
    }

    private async Task SettleOrTellAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await SettleAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (ItemFailure.Of(id, error) is { } failure)
        {
            _absent.Add(new VideoAbsence(id, AbsenceKind.Other, failure.Message));
        }
    }

    private async Task SettleAsync(string id, CancellationToken cancellationToken)
    {
        if (_there.Contains(id))
        {
            RemovePartial(id);
            _present.Add(id);
            return;
        }

        // Lists of earlier versions call videos removed that the site did not serve because of a limit.
        if (!_options.RetryGone && _absent.Find(id) is { IsFinal: true } known && !YtDlpMessage.IsRateLimit(known.Message))
        {
            return;
        }

        await DownloadAsync(id, cancellationToken).ConfigureAwait(false);
    }

    private async Task DownloadAsync(string id, CancellationToken cancellationToken)
    {
        string partial = Directory.CreateDirectory(Path.Combine(_folder, PartialFolder, id)).FullName;
        BufferedCommandResult? result = await _requests.AskAsync(
            () => RunYtDlpAsync(_options.Program, Arguments(id), partial, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (result is null)
        {
            Postpone(id);
            return;
        }

        string? video = result.ExitCode == 0 ? Whole(partial) : null;
        if (video is not null)
        {
            AtomicFile.Rename(video, Path.Combine(_folder, id + Path.GetExtension(video)));
            Directory.Delete(partial, recursive: true);
            _absent.Remove(id);
            _fetched.Add(id);
            return;
        }

        // On a full disk every other download would fail, too. What has arrived of this one stays, and the next run continues it.
        DiskRoom.Require(_folder, LeastRoom);
        string message = result.ExitCode == 0 ? "yt-dlp reported success but left no video" : YtDlpMessage.ErrorOf(result.StandardError);
        VideoAbsence absence = new(id, result.ExitCode == 0 ? AbsenceKind.Other : YtDlpMessage.KindOf(result.StandardError), message);
        if (absence.IsFinal)
        {
            Directory.Delete(partial, recursive: true);
        }

        _absent.Add(absence);
    }

    // A fetch that was killed just after it had stored the video leaves it.
    private void RemovePartial(string id)
    {
        string partial = Path.Combine(_folder, PartialFolder, id);
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true);
        }
    }

    private void Postpone(string id)
    {
        _postponed.Add(id);
        if (_absent.Find(id) is { } known && YtDlpMessage.IsRateLimit(known.Message))
        {
            _absent.Remove(id);
        }
    }

    private string[] Arguments(string id) =>
    [
        "--ignore-config", "--no-playlist", "--no-progress", "--continue", "--retries", "5", "--fragment-retries", "10",
        "--format", FormattableString.Invariant($"bestvideo[height<={_options.Height}]+bestaudio/best[height<={_options.Height}]/best"),
        "--merge-output-format", "mp4",
        .. Pauses(),
        "--output", "video.%(ext)s",
        "--", $"https://www.youtube.com/watch?v={id}",
    ];

    private string[] Pauses() => _options.PauseSeconds > 0
        ? ["--sleep-requests", "0.75", "--sleep-interval", FormattableString.Invariant($"{_options.PauseSeconds}"), "--max-sleep-interval",
            FormattableString.Invariant($"{3 * _options.PauseSeconds}")]
        : [];

    // Parts that are not merged yet are called video.f137.mp4 and the like.
    private static string? Whole(string partial) => Directory.EnumerateFiles(partial)
        .FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == "video" && VideoFiles.IsMediaName(path));

    private VideoFetchReport Report(string[] ids)
    {
        string root = Path.Combine(_folder, PartialFolder);
        if (Directory.Exists(root) && !Directory.EnumerateFileSystemEntries(root).Any())
        {
            Directory.Delete(root);
        }

        HashSet<string> fetched = [.. _fetched], present = [.. _present], postponed = [.. _postponed];
        return new VideoFetchReport
        {
            Fetched = [.. ids.Where(fetched.Contains)],
            Present = [.. ids.Where(present.Contains)],
            Absent =
            [
                .. ids.Where(id => !fetched.Contains(id) && !present.Contains(id) && !postponed.Contains(id)).Select(_absent.Find).OfType<VideoAbsence>(),
            ],
            DamagedList = _absent.Damage,
            Postponed = [.. ids.Where(postponed.Contains)],
        };
    }
}
