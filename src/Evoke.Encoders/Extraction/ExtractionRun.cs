using System.Diagnostics;
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
/// which run wrote it. Not thread-safe: one call at a time, on any thread.
/// </remarks>
public sealed class ExtractionRun
{
    // A signal sent to the whole process group has reached ffmpeg first.
    private static readonly TimeSpan SignalDelay = TimeSpan.FromSeconds(2);

    private readonly FeatureExtractor _extractor;
    private readonly FeatureStore _store;
    private readonly DType _storeAs;

    /// <summary>Prepares a run.</summary>
    /// <param name="extractor">Extracts the features.</param>
    /// <param name="store">Stores them.</param>
    /// <param name="storeAs"><see cref="DType.F32"/>, or <see cref="DType.F16"/> for half the size.</param>
    /// <exception cref="ArgumentException">The number format is neither of these.</exception>
    public ExtractionRun(FeatureExtractor extractor, FeatureStore store, DType storeAs = DType.F32)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        ArgumentNullException.ThrowIfNull(store);
        if (storeAs is not (DType.F32 or DType.F16))
        {
            throw new ArgumentException($"Features are stored as F32 or F16, not as {storeAs}.", nameof(storeAs));
        }

        _extractor = extractor;
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

    /// <summary>Extracts videos one after the other. Those that fail are reported, listed in failures.csv (see <see cref="FailureList"/>) in the store's
    /// folder, and skipped.</summary>
    /// <param name="videos">What to extract: see <see cref="VideoFiles.Find"/>.</param>
    /// <param name="progress">Receives every event, on the thread where it happens: first the videos that are already done, then the work.</param>
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
        StoredVideos stored = new(_store, _extractor, _storeAs, AnyPrecision);
        FailureList failures = new(_store.Folder, Part);
        ILookup<bool, Step> steps = videos.Select((video, i) => new Step(video, i + 1, videos.Count, progress, log))
            .ToLookup(step => IsThere(step, stored, cancellationToken));
        List<VideoFile> skipped = [.. steps[true].Select(step => step.Video)], extracted = [];
        Queue<Step> left = new(steps[false]);
        EvokeException? endedBy = null;
        WorkEstimate work = new([.. left.Select(step => step.SourceBytes)]);
        log.ExtractionStarted(_store.Folder, left.Count, videos.Count);
        while (left.Count > 0 && !IsToldToStop)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Step step = left.Peek();
            step.Begin(work);
            try
            {
                ExtractionEvent outcome = await ExtractAsync(step, stored, cancellationToken).ConfigureAwait(false);
                work.End(outcome is VideoExtracted);
                step.Tell(outcome);
                if (outcome is VideoDropped)
                {
                    break;
                }

                left.Dequeue();
                switch (outcome)
                {
                    case VideoExtracted:
                        extracted.Add(step.Video);
                        break;
                    case VideoSkipped:
                        skipped.Add(step.Video);
                        break;
                    case VideoFailed failed:
                        failures.Add(new VideoFailure(step.Video, failed.Error));
                        break;
                }
            }
            catch (EvokeException error) when (extracted.Count > 0)
            {
                endedBy = error; // The videos done so far stay done, and the report says so.
                log.ExtractionBroken(error, left.Count);
                break;
            }
        }

        if (left.Count == 0 && endedBy is null)
        {
            failures.Complete();
        }

        log.ExtractionEnded(Stopwatch.GetElapsedTime(began).TotalSeconds, extracted.Count, skipped.Count, failures.Failures.Count, left.Count);
        return new ExtractionReport
        {
            Extracted = extracted,
            Skipped = skipped,
            Failed = failures.Failures,
            Left = [.. left.Select(step => step.Video)],
            EndedBy = endedBy,
            DamagedList = failures.Damage,
        };
    }

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

    private async Task<ExtractionEvent> ExtractAsync(Step step, StoredVideos stored, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stop?.GraceIsOver ?? CancellationToken.None);
        try
        {
            return await ExtractOrSkipAsync(step, stored, either.Token).ConfigureAwait(false);
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

    private async Task<ExtractionEvent> ExtractOrSkipAsync(Step step, StoredVideos stored, CancellationToken cancellationToken)
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

        VideoFeatures features = await _extractor.ExtractAsync(step.Video.Path, step.Video.VideoId, step, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _store.Add(features, _storeAs, cancellationToken);
        return new VideoExtracted(step.Video, step.Position, step.Count, features);
    }

    /// <summary>One video of a run and the receivers of its events.</summary>
    private sealed class Step(VideoFile video, int position, int count, IProgress<ExtractionEvent>? listener, ILogger log) : IProgress<ExtractionProgress>
    {
        private WorkEstimate? _work;

        public VideoFile Video => video;

        public int Position => position;

        public int Count => count;

        public long SourceBytes { get; } = new FileInfo(video.Path) is { Exists: true } file ? file.Length : 0;

        public void Begin(WorkEstimate work)
        {
            _work = work;
            work.Begin(SourceBytes);
        }

        public void Tell(ExtractionEvent happening)
        {
            ExtractionLog.Write(log, happening);
            listener?.Report(_work is null ? happening : happening with { Work = _work.Now });
        }

        public void Report(ExtractionProgress value)
        {
            double amountPerSecond = value.FrameRate > 0 ? value.FrameRate : 1;
            _work!.Advance(value.SecondsDone * amountPerSecond, value.SecondsTotal * amountPerSecond);
            Tell(new VideoAdvanced(video, position, count, value));
        }
    }
}
