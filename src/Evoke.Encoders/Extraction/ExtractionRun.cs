using Evoke.Curves;
using Evoke.Encoders.Store;
using Evoke.Encoders.Tensors;
using Evoke.Media;

namespace Evoke.Encoders.Extraction;

/// <summary>Something that happened in an <see cref="ExtractionRun"/>.</summary>
/// <param name="Video">Which video it is about.</param>
/// <param name="Position">Which of the run's videos it is, from 1.</param>
/// <param name="Count">How many videos the run has.</param>
public abstract record ExtractionEvent(VideoFile Video, int Position, int Count);

/// <summary>A video is being decoded and encoded.</summary>
public sealed record VideoAdvanced(VideoFile Video, int Position, int Count, ExtractionProgress Progress) : ExtractionEvent(Video, Position, Count);

/// <summary>A video's features have been written.</summary>
public sealed record VideoExtracted(VideoFile Video, int Position, int Count, VideoFeatures Features) : ExtractionEvent(Video, Position, Count);

/// <summary>A video's features were there already, made from the same file with the same settings.</summary>
public sealed record VideoSkipped(VideoFile Video, int Position, int Count) : ExtractionEvent(Video, Position, Count);

/// <summary>A video could not be read; the run goes on.</summary>
public sealed record VideoFailed(VideoFile Video, int Position, int Count, EvokeException Error) : ExtractionEvent(Video, Position, Count);

/// <summary>A video was in hand when the run was told to stop, and could not be finished in time: nothing of it was kept.</summary>
public sealed record VideoDropped(VideoFile Video, int Position, int Count) : ExtractionEvent(Video, Position, Count);

/// <summary>How a run ended.</summary>
public sealed record ExtractionReport
{
    /// <summary>Videos whose features were made.</summary>
    public required IReadOnlyList<VideoFile> Extracted { get; init; }

    /// <summary>Videos whose features were there.</summary>
    public required IReadOnlyList<VideoFile> Skipped { get; init; }

    /// <summary>Videos that could not be read.</summary>
    public required IReadOnlyList<VideoFailure> Failed { get; init; }

    /// <summary>Videos that are left for another run, because this one was told to stop.</summary>
    public IReadOnlyList<VideoFile> Left { get; init; } = [];
}

/// <summary>Extracts the features of many videos into a store. Can be ended at any moment and started again: what is done and matches is skipped.</summary>
/// <remarks>
/// A file of the store is done if it can be read and was made from a source of the same name and size, at the same rate, by the same encoders, in the same number format.
/// Runs may work side by side on one store, on one host or many, also on the same videos: files are whole or not there, and their bytes do not depend on who wrote them.
/// </remarks>
public sealed class ExtractionRun
{
    /// <summary>Unfinished files that nobody has written to for so long are removed. Features are written in seconds, once all of them are made.</summary>
    public static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(1);

    // A signal meant for all of us has reached ffmpeg before us.
    private static readonly TimeSpan SignalDelay = TimeSpan.FromSeconds(2);

    private readonly FeatureExtractor _extractor;
    private readonly FeatureStore _store;
    private readonly DType _storeAs;

    /// <summary>Prepares a run.</summary>
    /// <param name="extractor">Makes the features.</param>
    /// <param name="store">Takes them.</param>
    /// <param name="storeAs"><see cref="DType.F32"/>, or <see cref="DType.F16"/> for half the size.</param>
    /// <exception cref="ArgumentException">The number format is another.</exception>
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

    /// <summary>Which of several runs into one store this is, for the name of its list of failures, for example "0003-of-0016"; null if it is the only one.</summary>
    public string? Part { get; init; }

    /// <summary>How the run is told to stop without haste; null if it is not.</summary>
    public StopRequest? Stop { get; init; }

    /// <summary>Extracts videos one after the other. Those that fail are told, listed in failures.csv (see <see cref="FailureList"/>) in the store's folder, and passed by.</summary>
    /// <param name="videos">What to extract: see <see cref="VideoFiles.Find"/>.</param>
    /// <param name="progress">Told of everything that happens, on the thread where it happens.</param>
    /// <param name="cancellationToken">Ends the run at once; what was written stays, and is whole.</param>
    /// <exception cref="FfmpegMissingException">No video can be read.</exception>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    public async Task<ExtractionReport> RunAsync(
        IReadOnlyList<VideoFile> videos, IProgress<ExtractionEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(videos);
        UnfinishedFile.RemoveOld(_store.Folder, LeftoverAge);
        List<VideoFile> extracted = [], skipped = [];
        FailureList failures = new(_store.Folder, Part);
        int seen = 0;
        for (; seen < videos.Count && !IsToldToStop; seen++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Step step = new(videos[seen], seen + 1, videos.Count, progress);
            ExtractionEvent outcome = await ExtractAsync(step, cancellationToken).ConfigureAwait(false);
            progress?.Report(outcome);
            if (outcome is VideoDropped)
            {
                break;
            }

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

        if (seen == videos.Count)
        {
            failures.Complete();
        }

        return new ExtractionReport { Extracted = extracted, Skipped = skipped, Failed = failures.Failures, Left = [.. videos.Skip(seen)] };
    }

    private bool IsToldToStop => Stop is { Told.IsCancellationRequested: true };

    private async Task<ExtractionEvent> ExtractAsync(Step step, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stop?.GraceIsOver ?? CancellationToken.None);
        try
        {
            return await ExtractOrSkipAsync(step, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new VideoDropped(step.Video, step.Position, step.Count);
        }
        catch (FfmpegFailedException e) when (e.EndedBySignal)
        {
            // Engines and terminals signal whole groups of processes: ffmpeg's end is then an order to us, and no fault of the video's.
            await Task.WhenAny(Task.Delay(SignalDelay, cancellationToken), Task.Delay(Timeout.InfiniteTimeSpan, Stop?.Told ?? cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return IsToldToStop ? new VideoDropped(step.Video, step.Position, step.Count) : new VideoFailed(step.Video, step.Position, step.Count, e);
        }
        catch (EvokeException e) when (e is not FfmpegMissingException)
        {
            return new VideoFailed(step.Video, step.Position, step.Count, e);
        }
    }

    private async Task<ExtractionEvent> ExtractOrSkipAsync(Step step, CancellationToken cancellationToken)
    {
        if (IsDone(step.Video))
        {
            return new VideoSkipped(step.Video, step.Position, step.Count);
        }

        VideoFeatures features = await _extractor.ExtractAsync(step.Video.Path, step.Video.VideoId, step, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _store.Write(features, _storeAs);
        return new VideoExtracted(step.Video, step.Position, step.Count, features);
    }

    private bool IsDone(VideoFile video)
    {
        FileInfo source = new(video.Path);
        if (!source.Exists || !_store.Contains(video.VideoId))
        {
            return false;
        }

        try
        {
            using FeatureFile file = _store.OpenFile(video.VideoId);
            return file.Header.SourceName == source.Name
                && file.Header.SourceBytes == source.Length
                && Matches(file.Visual, _extractor.VisualEncoder)
                && Matches(file.Audio, _extractor.AudioEncoder);
        }
        catch (EvokeException)
        {
            return false; // corrupt: made anew, and with it the error is gone
        }
    }

    private bool Matches(MappedFeatures? features, EncoderIdentity? encoder)
        => features?.Encoder == encoder && (features is null || (features.Rate.Equals(_extractor.Options.Rate) && features.DType == _storeAs));

    /// <summary>One video of a run, and who wants to know about it.</summary>
    private sealed record Step(VideoFile Video, int Position, int Count, IProgress<ExtractionEvent>? Progress) : IProgress<ExtractionProgress>
    {
        public void Report(ExtractionProgress value) => Progress?.Report(new VideoAdvanced(Video, Position, Count, value));
    }
}
