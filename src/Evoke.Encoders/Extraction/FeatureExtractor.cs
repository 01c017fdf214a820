using Evoke.Curves;
using Evoke.Features;
using Evoke.Media;
using Evoke.Media.Ffmpeg;
using Evoke.Media.Reading;
using Evoke.Media.Videos;

namespace Evoke.Encoders.Extraction;

/// <summary>Options for extracting features from a video.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ExtractionOptions
{
    /// <summary>Steps per second (Hz).</summary>
    public Rate Rate { get; init; } = new(1);

    /// <summary>Which sound track to use, counted from 1; null for the file's default track, commentary excluded.</summary>
    public int? AudioTrack { get; init; }

    /// <summary>The decoder is stopped with an error when it returns nothing for this long.</summary>
    public TimeSpan StallTimeout { get; init; } = new MediaReadOptions().StallTimeout;

    /// <summary>Threads of the decoder, and of the filters after it; 0 lets ffmpeg choose.</summary>
    public int DecoderThreads { get; init; }

    /// <summary>Threads of the decoder for short videos, where many are read at once (<see cref="MediaReadOptions.ClipThreads"/>); 0 for
    /// <see cref="DecoderThreads"/>.</summary>
    public int ClipThreads { get; init; }

    /// <summary>Which ffmpeg to run; null for <see cref="FfmpegPrograms.FromEnvironment"/>.</summary>
    public FfmpegPrograms? Programs { get; init; }
}

/// <summary>The progress of an extraction.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="SecondsDone">Seconds of the video that have been encoded.</param>
/// <param name="SecondsTotal">Its length according to its file; null if unknown.</param>
/// <param name="FrameRate">Frame rate of the visual encoder (Hz); 0 if there is none.</param>
public readonly record struct ExtractionProgress(double SecondsDone, double? SecondsTotal, double FrameRate = 0);

/// <summary>Extracts the features of a video in one decoding pass, which runs ahead while the encoders work. Apart from the features, memory use is
/// constant.</summary>
/// <remarks>
/// One extraction at a time, since sessions of one encoder are used one at a time. The caller owns the encoders: they are not disposed here.
/// Not thread-safe.
/// </remarks>
public sealed class FeatureExtractor
{
    private readonly IVisualEncoder? _visual;
    private readonly IAudioEncoder? _audio;

    /// <summary>Creates an extractor from encoders.</summary>
    /// <param name="visual">Encoder of the picture; null to skip the picture.</param>
    /// <param name="audio">Encoder of the sound; null to skip the sound.</param>
    /// <param name="options">How; null for 1 Hz.</param>
    /// <exception cref="ArgumentException">There is neither a visual nor an audio encoder.</exception>
    public FeatureExtractor(IVisualEncoder? visual, IAudioEncoder? audio, ExtractionOptions? options = null)
    {
        if (visual is null && audio is null)
        {
            throw new ArgumentException("An extraction needs a visual or an audio encoder; found neither.", nameof(visual));
        }

        Options = options ?? new ExtractionOptions();
        _visual = visual;
        _audio = audio;
    }

    /// <summary>The options.</summary>
    public ExtractionOptions Options { get; }

    /// <summary>The visual encoder; null if there is none.</summary>
    public EncoderIdentity? VisualEncoder => _visual?.Identity;

    /// <summary>The audio encoder; null if there is none.</summary>
    public EncoderIdentity? AudioEncoder => _audio?.Identity;

    /// <summary>True if another extractor has one of these encoders: then the two cannot work at the same time.</summary>
    internal bool SharesEncodersWith(FeatureExtractor other) =>
        (_visual is not null && ReferenceEquals(_visual, other._visual)) || (_audio is not null && ReferenceEquals(_audio, other._audio));

    /// <summary>Extracts the features of one video.</summary>
    /// <param name="path">The video; any file name is safe.</param>
    /// <param name="videoId">Its id; null for the file's name without extension.</param>
    /// <param name="progress">Called about once per second of video.</param>
    /// <param name="cancellationToken">Ends decoding at once.</param>
    /// <returns>ceil(duration * rate) steps of each modality that has an encoder, at least one. A missing modality (no sound, no picture) is all zeros and
    /// flagged.</returns>
    /// <exception cref="MediaException">The file cannot be read; each cause has its own type.</exception>
    /// <exception cref="NothingToEncodeException">The file has nothing that the encoders take, or nothing of it could be decoded.</exception>
    public async Task<VideoFeatures> ExtractAsync(
        string path, string? videoId = null, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        MediaReader reader = await MediaReader.OpenAsync(path, ReadOptions(), cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            MediaInfo info = reader.Info;
            if ((_visual is null || info.Video is null) && (_audio is null || info.Audio is null))
            {
                throw new NothingToEncodeException(path, $"it has {Have(info)}, but {Want()} was requested.");
            }

            using Encoding encoding = new(_visual, _audio, Options.Rate);
            ProgressGate gate = new(progress, info.ToldSeconds, _visual?.FramesFor(Options.Rate).Rate ?? 0);
            await foreach (MediaChunk chunk in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                gate.Report(encoding.Push(chunk));
            }

            return encoding.Complete(info, reader.Summary, videoId ?? VideoFiles.IdOf(path));
        }
    }

    private MediaReadOptions ReadOptions() => new()
    {
        Frames = _visual?.FramesFor(Options.Rate),
        Waveform = _audio is not null,
        SampleRate = _audio?.SampleRate ?? new MediaReadOptions().SampleRate,
        AudioTrack = Options.AudioTrack,
        StallTimeout = Options.StallTimeout,
        Threads = Options.DecoderThreads,
        ClipThreads = Options.ClipThreads,
        Programs = Options.Programs,
    };

    private static string Have(MediaInfo info) => info.Video is null ? "only sound" : "only a picture";

    private string Want() => _visual is null ? "sound" : "a picture";

    /// <summary>Reports once a second of video has passed since the last report.</summary>
    private sealed class ProgressGate(IProgress<ExtractionProgress>? progress, double? total, double frameRate)
    {
        private double _next;

        public void Report(double seconds)
        {
            if (progress is not null && seconds >= _next)
            {
                progress.Report(new ExtractionProgress(seconds, total, frameRate));
                _next = Math.Floor(seconds) + 1;
            }
        }
    }
}
