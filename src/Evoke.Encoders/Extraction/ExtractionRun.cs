using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Media.Ffmpeg;
using Evoke.Media.Videos;
using Evoke.Tensors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evoke.Encoders.Extraction;

/// <summary>Extracts the features of many videos into a store. It can be stopped at any time and started again: videos that are done and match are
/// skipped.</summary>
/// <remarks>
/// A file of the store is done if it can be read and was extracted from a source of the same name and size, at the same rate, by the same encoders in the
/// same precision (see <see cref="AnyPrecision"/>), in the same number format. A modality that has no encoder here is not looked at and is kept. Several runs
/// may work on one store at the same time, on one host or many, even on the same videos: a file is either complete or absent, and its bytes do not depend on
/// which run wrote it. With several extractors, as many videos are worked on at once. Not thread-safe: one call at a time, on any thread.
/// </remarks>
public sealed class ExtractionRun
{
    // A signal sent to the whole process group has reached ffmpeg first.
    private static readonly TimeSpan SignalDelay = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<FeatureExtractor> _extractors;
    private readonly FeatureStore _store;
    private readonly DType _storeAs;

    /// <summary>Prepares a run that works on one video after the other.</summary>
    /// <param name="extractor">Extracts the features.</param>
    /// <param name="store">Stores them.</param>
    /// <param name="storeAs"><see cref="DType.F32"/>, or <see cref="DType.F16"/> for half the size.</param>
    /// <exception cref="ArgumentException">The number format is neither of these.</exception>
    public ExtractionRun(FeatureExtractor extractor, FeatureStore store, DType storeAs = DType.F32)
        : this([extractor], store, storeAs)
    {
    }

    /// <summary>Prepares a run that works on several videos at once: worthwhile for encoders that leave cores idle, as descriptors do.</summary>
    /// <param name="extractors">One for each video at once, at least one, each with encoders of its own; all alike.</param>
    /// <param name="store">Stores the features.</param>
    /// <param name="storeAs"><see cref="DType.F32"/>, or <see cref="DType.F16"/> for half the size.</param>
    /// <exception cref="ArgumentException">The number format is neither of these; there is no extractor, or they differ, or two have one encoder.</exception>
    public ExtractionRun(IReadOnlyList<FeatureExtractor> extractors, FeatureStore store, DType storeAs = DType.F32)
    {
        ArgumentNullException.ThrowIfNull(extractors);
        ArgumentNullException.ThrowIfNull(store);
        if (storeAs is not (DType.F32 or DType.F16))
        {
            throw new ArgumentException($"Features are stored as F32 or F16, not as {storeAs}.", nameof(storeAs));
        }

        if (extractors.Count == 0 || extractors.Any(extractor => extractor is null || !AreAlike(extractor, extractors[0])))
        {
            throw new ArgumentException("A run needs extractors with the same encoders and options, at least one.", nameof(extractors));
        }

        if (extractors.Where((extractor, i) => extractors.Take(i).Any(extractor.SharesEncodersWith)).Any())
        {
            throw new ArgumentException("Each extractor of a run needs encoders of its own: an encoder serves one video at a time.", nameof(extractors));
        }

        _extractors = extractors;
        _store = store;
        _storeAs = storeAs;
    }

    /// <summary>Which of several runs into one store this is, for the name of its list of failures, for example "0003-of-0016"; null if it is the only
    /// one.</summary>
    public string? Part { get; init; }

    /// <summary>How the run is told to stop gracefully; null if it cannot be told.</summary>
    public StopRequest? Stop { get; init; }

    /// <summary>True if existing features count as done whatever precision they were computed in, for users who have not requested one. Missing ones are
    /// computed in the encoders' own precision.</summary>
    public bool AnyPrecision { get; init; }

    /// <summary>Where the run logs what happens; null for silence.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Extracts videos, beginning them in their order. Those that fail are reported, listed in failures.csv (see <see cref="FailureList"/>) in
    /// the store's folder, and skipped.</summary>
    /// <param name="videos">What to extract: see <see cref="VideoFiles.Find"/>.</param>
    /// <param name="progress">Receives every event, one at a time, on the thread where it happens: first the videos that are already done, then the work. All
    /// work waits for it: it should return soon.</param>
    /// <param name="cancellationToken">Ends the run at once; files already written stay and are complete.</param>
    /// <exception cref="EvokeException">One that <see cref="EvokeException.EndsRun">ends the run</see> came before the first video was done; one that comes
    /// later is in the report.</exception>
    public async Task<ExtractionReport> RunAsync(
        IReadOnlyList<VideoFile> videos, IProgress<ExtractionEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(videos);
        ILogger log = Logger ?? NullLogger.Instance;
        long began = Stopwatch.GetTimestamp();
        LeftoverCleaner.Clean(_store.Folder);
        StoredVideos stored = new(_store, _extractors[0], _storeAs, AnyPrecision);
        Lock telling = new();
        ILookup<bool, Step> steps = videos.Select((video, i) => new Step(video, i + 1, videos.Count, progress, log, telling))
            .ToLookup(step => IsThere(step, stored, cancellationToken));
        Step[] toDo = [.. steps[false]];
        log.ExtractionStarted(_store.Folder, toDo.Length, videos.Count);
        Outcomes outcomes = new(toDo, new FailureList(_store.Folder, Part), telling);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await (_extractors.Count == 1
            ? WorkAsync(_extractors[0])
            : Task.WhenAll(_extractors.Select(extractor => Task.Run(() => WorkAsync(extractor), CancellationToken.None)))).ConfigureAwait(false);

        if (outcomes.Error is { } error)
        {
            if (error.SourceException is not EvokeException || !outcomes.HaveExtracted)
            {
                error.Throw();
            }

            log.ExtractionBroken(error.SourceException, outcomes.Left);
        }

        ExtractionReport report = outcomes.ToReport([.. steps[true]]);
        log.ExtractionEnded(
            Stopwatch.GetElapsedTime(began).TotalSeconds, report.Extracted.Count, report.Skipped.Count, report.Failed.Count, report.Left.Count);
        return report;

        async Task WorkAsync(FeatureExtractor extractor)
        {
            while (!IsToldToStop && outcomes.Next() is { } step)
            {
                try
                {
                    ending.Token.ThrowIfCancellationRequested();
                    outcomes.Add(step, await ExtractAsync(extractor, step, stored, ending.Token).ConfigureAwait(false));
                }
                catch (Exception error)
                {
                    // It ends the run: the report says so, or it is thrown when all have ended.
                    if (!outcomes.Break(error) && error is not OperationCanceledException)
                    {
                        log.ExtractionBroken(error, outcomes.Left);
                    }

                    await ending.CancelAsync().ConfigureAwait(false);
                }
            }
        }
    }

    private static bool AreAlike(FeatureExtractor one, FeatureExtractor other) =>
        Equals(one.VisualEncoder, other.VisualEncoder) && Equals(one.AudioEncoder, other.AudioEncoder) && one.Options == other.Options;

    private bool IsToldToStop => Stop is { Told.IsCancellationRequested: true };

    // Check all videos before the first one is decoded, so that the remaining work is known. Stop checking when told to stop.
    private bool IsThere(Step step, StoredVideos stored, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool isThere = !IsToldToStop && stored.Find(step.Video).IsDone;
        if (isThere)
        {
            step.Tell(new VideoSkipped(step.Video, step.Position, step.Count));
        }

        return isThere;
    }

    private async Task<ExtractionEvent> ExtractAsync(FeatureExtractor extractor, Step step, StoredVideos stored, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stop?.GraceIsOver ?? CancellationToken.None);
        try
        {
            return await ExtractOrSkipAsync(extractor, step, stored, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new VideoDropped(step.Video, step.Position, step.Count);
        }
        catch (FfmpegFailedException e) when (e.EndedBySignal)
        {
            // Schedulers and terminals signal whole process groups: if ffmpeg ends then, we are being told to stop, and the video is not at fault.
            await Task.WhenAny(Task.Delay(SignalDelay, cancellationToken), Task.Delay(Timeout.InfiniteTimeSpan, Stop?.Told ?? cancellationToken))
                .ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return IsToldToStop ? new VideoDropped(step.Video, step.Position, step.Count) : new VideoFailed(step.Video, step.Position, step.Count, e);
        }
        catch (Exception e) when (ItemFailure.Of(step.Video.Path, e) is { } failure)
        {
            return new VideoFailed(step.Video, step.Position, step.Count, failure);
        }
    }

    private async Task<ExtractionEvent> ExtractOrSkipAsync(FeatureExtractor extractor, Step step, StoredVideos stored, CancellationToken cancellationToken)
    {
        if (step.Video.SameIdAs is { } first)
        {
            throw new DuplicateVideoIdException(first, step.Video);
        }

        // Check again: another run may have extracted this video meanwhile.
        StoredVideo there = stored.Find(step.Video);
        if (there.IsDone)
        {
            return new VideoSkipped(step.Video, step.Position, step.Count);
        }

        stored.ThrowIfNotJoinable(step.Video);
        if (there.Reason is { } reason)
        {
            step.Tell(new VideoOutdated(step.Video, step.Position, step.Count, reason));
        }

        VideoFeatures features = await extractor.ExtractAsync(step.Video.Path, step.Video.VideoId, step, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _store.Add(features, _storeAs, cancellationToken);
        return new VideoExtracted(step.Video, step.Position, step.Count, features);
    }

    /// <summary>What has become of the videos of a run.</summary>
    private sealed class Outcomes(IReadOnlyList<Step> toDo, FailureList failures, Lock gate)
    {
        private readonly WorkEstimate _work = new([.. toDo.Select(step => step.SourceBytes)]);
        private readonly List<Step> _extracted = [], _skipped = [], _failed = [], _left = [.. toDo];
        private int _begun;
        private bool _isDropped;

        public ExceptionDispatchInfo? Error { get; private set; }

        public bool HaveExtracted => _extracted.Count > 0;

        public int Left => _left.Count;

        /// <summary>The next video to work on; null if there is none.</summary>
        public Step? Next()
        {
            lock (gate)
            {
                if (_begun == toDo.Count || _isDropped || Error is not null)
                {
                    return null;
                }

                Step step = toDo[_begun++];
                step.Begin(_work);
                return step;
            }
        }

        public void Add(Step step, ExtractionEvent outcome)
        {
            lock (gate)
            {
                step.End(outcome);
                if (outcome is VideoDropped)
                {
                    _isDropped = true;
                    return;
                }

                _left.Remove(step);
                switch (outcome)
                {
                    case VideoExtracted:
                        _extracted.Add(step);
                        break;
                    case VideoSkipped:
                        _skipped.Add(step);
                        break;
                    case VideoFailed failed:
                        int place = _failed.Count(other => other.Position < step.Position);
                        _failed.Insert(place, step);
                        failures.Insert(place, new VideoFailure(step.Video, failed.Error));
                        break;
                }
            }
        }

        /// <summary>An error ends the run.</summary>
        /// <returns>True if it is the first.</returns>
        public bool Break(Exception error)
        {
            lock (gate)
            {
                bool isFirst = Error is null;
                Error ??= ExceptionDispatchInfo.Capture(error);
                return isFirst;
            }
        }

        public ExtractionReport ToReport(IReadOnlyList<Step> skipped)
        {
            if (_left.Count == 0 && Error is null)
            {
                failures.Complete();
            }

            return new ExtractionReport
            {
                Extracted = Ordered(_extracted),
                Skipped = [.. skipped.Select(step => step.Video), .. Ordered(_skipped)],
                Failed = failures.Failures,
                Left = Ordered(_left),
                EndedBy = Error?.SourceException as EvokeException,
                DamagedList = failures.Damage,
            };
        }

        private static VideoFile[] Ordered(List<Step> steps) => [.. steps.OrderBy(step => step.Position).Select(step => step.Video)];
    }

    /// <summary>One video of a run and the receivers of its events.</summary>
    private sealed class Step(VideoFile video, int position, int count, IProgress<ExtractionEvent>? listener, ILogger log, Lock telling)
        : IProgress<ExtractionProgress>
    {
        private WorkEstimate? _work;
        private WorkEstimate.Video? _own;

        public VideoFile Video => video;

        public int Position => position;

        public int Count => count;

        public long SourceBytes { get; } = new FileInfo(video.Path) is { Exists: true } file ? file.Length : 0;

        public void Begin(WorkEstimate work)
        {
            _work = work;
            _own = work.Begin(SourceBytes);
        }

        public void End(ExtractionEvent outcome)
        {
            _work!.End(_own!, outcome is VideoExtracted);
            Tell(outcome);
        }

        public void Tell(ExtractionEvent happening)
        {
            lock (telling)
            {
                ExtractionLog.Write(log, happening);
                listener?.Report(_work is null ? happening : happening with { Work = _work.Now });
            }
        }

        public void Report(ExtractionProgress value)
        {
            lock (telling)
            {
                double amountPerSecond = value.FrameRate > 0 ? value.FrameRate : 1;
                _own!.Advance(value.SecondsDone * amountPerSecond, value.SecondsTotal * amountPerSecond);
                Tell(new VideoAdvanced(video, position, count, value));
            }
        }
    }
}
