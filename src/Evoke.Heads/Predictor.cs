using System.Diagnostics;
using System.Runtime.CompilerServices;
using Evoke.Curves;
using Evoke.Curves.Interpolation;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Extraction;
using Evoke.Features;
using Evoke.Files;
using Evoke.Files.Text;
using Evoke.Heads.Attribution;
using Evoke.Heads.Inputs;
using Evoke.Heads.Models;
using Evoke.Heads.Reactions;
using Evoke.Kernels.Torch;
using Evoke.Media.Videos;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evoke.Heads;

/// <summary>Predicts the curves of videos. Load once, predict many.</summary>
/// <remarks>Thread-safe: calls wait for each other. The model's encoders are loaded with the first video; predicting from feature files needs no
/// encoders.</remarks>
/// <example>
/// <code>
/// using Predictor predictor = Predictor.Load("affect"); // or "model.safetensors"
/// Prediction prediction = await predictor.PredictAsync("film.mp4");
/// Console.WriteLine(prediction.Curves[0, 0]);
/// </code>
/// </example>
public sealed class Predictor : IDisposable
{
    private readonly PredictorOptions _options;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IVisualEncoder? _visual;
    private IAudioEncoder? _audio;
    private readonly string? _modelFolder;
    private FeatureExtractor? _extractor;
    private int _isDisposed;

    /// <summary>Creates a predictor.</summary>
    /// <param name="model">The model; the predictor owns it and disposes it.</param>
    /// <param name="options">Options; null for 6 Hz and the defaults.</param>
    /// <exception cref="ArgumentException">The model takes neither picture nor sound, so nothing of a video could be given to it.</exception>
    public Predictor(IReactionModel model, PredictorOptions? options = null)
        : this(model, options, null)
    {
    }

    private Predictor(IReactionModel model, PredictorOptions? options, string? modelFolder)
    {
        _modelFolder = modelFolder;
        ArgumentNullException.ThrowIfNull(model);
        if (model.VisualEncoder is null && model.AudioEncoder is null)
        {
            throw new ArgumentException(
                $"Model '{model.Name}' has neither a visual nor an audio encoder: nothing of a video could be given to it. Call its own Predict with features.",
                nameof(model));
        }

        _options = options ?? new PredictorOptions();
        _log = _options.Logger ?? NullLogger.Instance;
        Model = model;
        Extraction = _options.Extraction;
    }

    /// <summary>The model.</summary>
    public IReactionModel Model { get; }

    /// <summary>How videos are decoded, from the next one on; a call that has begun keeps what was set. Its rate is ignored: the model's is used.</summary>
    /// <exception cref="ArgumentNullException">It is set to null.</exception>
    public ExtractionOptions Extraction
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>Loads a model.</summary>
    /// <param name="nameOrPath">See <see cref="ReactionModels.Load"/>.</param>
    /// <param name="options">Options; null for 6 Hz and the defaults.</param>
    /// <exception cref="EvokeException">There is no such model, it is damaged, or the device is not available.</exception>
    public static Predictor Load(string nameOrPath, PredictorOptions? options = null)
    {
        options ??= new PredictorOptions();
        long began = Stopwatch.GetTimestamp();
        IReactionModel model = ReactionModels.Load(nameOrPath, options.Head);
        Predictor predictor = new(model, options, model is HeadModel ? Path.GetDirectoryName(Path.GetFullPath(nameOrPath)) : null);
        predictor._log.ModelLoaded(model.Name, Stopwatch.GetElapsedTime(began).TotalSeconds);
        return predictor;
    }

    /// <summary>Predicts a video file: decodes it, encodes it, runs the model.</summary>
    /// <param name="videoPath">The video.</param>
    /// <param name="videoId">Its id; null for the file's name without extension.</param>
    /// <param name="progress">Called about once per second of video.</param>
    /// <param name="cancellationToken">Ends decoding at once.</param>
    /// <exception cref="EvokeException">The file cannot be read, or the model's encoders are not installed; each cause has its own type.</exception>
    public Task<Prediction> PredictAsync(
        string videoPath, string? videoId = null, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default) =>
        PredictAsync(videoPath, videoPath, videoId, progress, cancellationToken);

    /// <summary>Predicts a video that comes as a stream, for example from standard input, a network or an archive. It is copied to a temporary file first,
    /// since most formats have to be read out of order; the file is removed in any case.</summary>
    /// <param name="video">The video, from the stream's position to its end; the stream is not closed.</param>
    /// <param name="source">Its name, and the largest size that is allowed.</param>
    /// <param name="progress">Called about once per second of video.</param>
    /// <param name="cancellationToken">Ends copying and decoding at once.</param>
    /// <exception cref="StreamLengthException">The stream holds nothing, or more than is allowed.</exception>
    /// <exception cref="StreamedVideoException">The video cannot be read.</exception>
    /// <exception cref="EvokeException">The temporary file cannot be written, or the model's encoders are not installed.</exception>
    public async Task<Prediction> PredictAsync(
        Stream video, StreamedVideo source, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        using SpooledFile file = await SpooledFile.CopyAsync(video, source.Name, source.MostBytes, source.Folder, cancellationToken).ConfigureAwait(false);
        return await PredictCopyAsync(file.Path, source, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Predicts the copy of a video that came as a stream, for callers who need the copy for more than the prediction, such as pictures. Messages and
    /// the result have the name of the stream, not that of the copy.</summary>
    /// <param name="copyPath">The copy; it is not removed.</param>
    /// <param name="source">The stream's name and id.</param>
    /// <param name="progress">Called about once per second of video.</param>
    /// <param name="cancellationToken">Ends decoding at once.</param>
    /// <exception cref="StreamedVideoException">The video cannot be read.</exception>
    /// <exception cref="EvokeException">The model's encoders are not installed.</exception>
    public async Task<Prediction> PredictCopyAsync(
        string copyPath, StreamedVideo source, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return await NamedAsync(copyPath, source, async () =>
        {
            Prediction prediction = await PredictAsync(copyPath, source.Name, source.VideoId, progress, cancellationToken).ConfigureAwait(false);
            return prediction with { SourceName = source.Name };
        }).ConfigureAwait(false);
    }

    /// <summary>The first half of <see cref="PredictCopyAsync"/>, for callers that keep features: decodes and encodes the copy of a video that came as a
    /// stream.</summary>
    /// <param name="copyPath">The copy; it is not removed.</param>
    /// <param name="source">The stream's name and id.</param>
    /// <param name="progress">Called about once per second of video.</param>
    /// <param name="cancellationToken">Ends decoding at once.</param>
    /// <exception cref="StreamedVideoException">The video cannot be read.</exception>
    /// <exception cref="EvokeException">The model's encoders are not installed.</exception>
    public async Task<VideoFeatures> ExtractCopyAsync(
        string copyPath, StreamedVideo source, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return await NamedAsync(copyPath, source, async () =>
        {
            VideoFeatures features = await ExtractAsync(copyPath, source.Name, source.VideoId, progress, cancellationToken).ConfigureAwait(false);
            return features with { SourceName = source.Name };
        }).ConfigureAwait(false);
    }

    /// <summary>Predicts many videos, one after the other, and gives each result as soon as it is there. A video that fails is a result without a prediction
    /// and does not end the run.</summary>
    /// <param name="filesAndFolders">Files, and folders that are searched for videos: see <see cref="VideoFiles.Find"/>.</param>
    /// <param name="progress">Called about once per second of video.</param>
    /// <param name="cancellationToken">Ends the run at once.</param>
    /// <exception cref="NoVideosException">There is no video.</exception>
    /// <exception cref="EvokeException">An error that would fail every other video too, such as missing weights: see <see cref="ItemFailure"/>.</exception>
    public async IAsyncEnumerable<PredictedItem> PredictAllAsync(
        IEnumerable<string> filesAndFolders,
        IProgress<ExtractionProgress>? progress = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long began = Stopwatch.GetTimestamp();
        IReadOnlyList<VideoFile> videos = VideoFiles.Find(filesAndFolders);
        _log.BatchStarted(videos.Count);
        int failed = 0;
        for (int i = 0; i < videos.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PredictedItem item = await PredictOneAsync(new PredictedItem(videos[i], i + 1, videos.Count), progress, cancellationToken).ConfigureAwait(false);
            failed += item.Error is null ? 0 : 1;
            yield return item;
        }

        _log.BatchEnded(videos.Count - failed, videos.Count, Stopwatch.GetElapsedTime(began).TotalSeconds, failed);
    }

    /// <summary>The first half of <see cref="PredictAsync(string, string?, IProgress{ExtractionProgress}?, CancellationToken)"/>, for callers that keep
    /// features: decodes and encodes a video as the model needs.</summary>
    /// <param name="videoPath">The video.</param>
    /// <param name="videoId">Its id; null for the file's name without extension.</param>
    /// <param name="progress">Called about once per second of video.</param>
    /// <param name="cancellationToken">Ends decoding at once.</param>
    /// <exception cref="EvokeException">The file cannot be read, or the model's encoders are not installed; each cause has its own type.</exception>
    public Task<VideoFeatures> ExtractAsync(
        string videoPath, string? videoId = null, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default) =>
        ExtractAsync(videoPath, videoPath, videoId, progress, cancellationToken);

    /// <summary>Predicts a video from its features.</summary>
    /// <param name="features">Features from the model's encoders, at any rate.</param>
    /// <param name="cancellationToken">Ends the wait for other calls; a prediction that has begun takes seconds and is finished.</param>
    /// <exception cref="IncompatibleFeaturesException">The features are from other encoders; the message names both.</exception>
    public Prediction Predict(VideoFeatures features, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        return InTurn(() => Run(features), cancellationToken);
    }

    /// <summary>Computes how much of a prediction comes from the picture and how much from the sound; the model runs once more for each.</summary>
    /// <param name="features">The features of the prediction.</param>
    /// <param name="prediction">What <see cref="Predict"/> gave for them.</param>
    /// <param name="cancellationToken">Ends the wait for other calls.</param>
    public ModalityAttribution Attribute(VideoFeatures features, Prediction prediction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return InTurn(() => ModalityAttribution.Of(Model, features, prediction.Sparse), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        Model.Dispose();
        _visual?.Dispose();
        _audio?.Dispose();
        _turn.Dispose();
    }

    // Messages have the name of the stream, not that of its copy.
    private static async Task<T> NamedAsync<T>(string copyPath, StreamedVideo source, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (EvokeException error) when (error.Message.Contains(copyPath, StringComparison.Ordinal))
        {
            throw new StreamedVideoException(source.NameIn(error.Message, copyPath), error);
        }
    }

    // The name is that of the logs: a stream has a temporary file, whose path says nothing.
    private async Task<Prediction> PredictAsync(
        string path, string name, string? videoId, IProgress<ExtractionProgress>? progress, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        VideoFeatures features = await ExtractAsync(path, name, videoId, progress, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        Prediction prediction = Predict(features, cancellationToken);
        name = ShownText.OneLine(name);
        foreach (string warning in prediction.Warnings)
        {
            _log.PredictionWarning(name, ShownText.OneLine(warning));
        }

        _log.VideoPredicted(name, prediction.DurationSeconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
        return prediction;
    }

    private async Task<VideoFeatures> ExtractAsync(
        string path, string name, string? videoId, IProgress<ExtractionProgress>? progress, CancellationToken cancellationToken)
    {
        name = ShownText.OneLine(name);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            FeatureExtractor extractor = Extractor();
            _log.VideoStarted(name);
            long began = Stopwatch.GetTimestamp();
            VideoFeatures features = await extractor.ExtractAsync(path, videoId, progress, cancellationToken).ConfigureAwait(false);
            _log.VideoEncoded(name, features.DurationSeconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
            return features;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<PredictedItem> PredictOneAsync(PredictedItem item, IProgress<ExtractionProgress>? progress, CancellationToken cancellationToken)
    {
        VideoFile video = item.Video;
        try
        {
            return video.SameIdAs is { } first
                ? throw new RepeatedVideoIdException(video.Path, first.Path)
                : item with { Prediction = await PredictAsync(video.Path, video.VideoId, progress, cancellationToken).ConfigureAwait(false) };
        }
        catch (Exception error) when (ItemFailure.Of(video.Path, error) is { } failure)
        {
            _log.PredictionFailed(failure, ShownText.OneLine(video.Path), item.Position, item.Count);
            return item with { Error = failure };
        }
    }

    private T InTurn<T>(Func<T> work, CancellationToken cancellationToken)
    {
        _turn.Wait(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private Prediction Run(VideoFeatures features)
    {
        SparsePrediction sparse = Model.Predict(features);
        TimeGrid grid = TimeGrid.ForDuration(features.DurationSeconds, _options.Rate);
        return new Prediction
        {
            VideoId = features.VideoId,
            SourceName = features.SourceName,
            DurationSeconds = features.DurationSeconds,
            Curves = SparseToDense.Interpolate(sparse.Mean, grid),
            Sparse = sparse.Mean,
            StandardDeviation = sparse.StandardDeviation is { } deviation ? SparseToDense.Interpolate(deviation, grid) : null,
            ModelName = Model.Name,
            ModelRecipe = Model.Recipe,
            ModelSha256 = Model.Sha256,
            ModelSummary = Model.Summary,
            Encoders = [.. new[] { Model.VisualEncoder, Model.AudioEncoder }.OfType<EncoderIdentity>().Select(encoder => encoder.ToString())],
            Warnings = [.. features.WarningsInFull, .. MissingModalities(features), .. PrecisionNotes.Of(Model, features)],
        };
    }

    private IEnumerable<string> MissingModalities(VideoFeatures features)
    {
        if (Model.VisualEncoder is not null && features.PictureMissing)
        {
            yield return "There is no picture: the curves come from the sound alone.";
        }

        if (Model.AudioEncoder is not null && features.SoundMissing)
        {
            yield return "There is no sound: the curves come from the picture alone.";
        }
    }

    // Check before the first video is decoded: features from the wrong weights would be wasted work.
    private FeatureExtractor Extractor()
    {
        ExtractionOptions extraction = Extraction with { Rate = Model.Rate };
        if (_extractor?.Options == extraction)
        {
            return _extractor;
        }

        long began = Stopwatch.GetTimestamp();
        if (Model.VisualEncoder is { } seen && _visual is null)
        {
            ThrowIfFeaturesOnly(_options.VisualEncoder, seen, _options.Encoders.Visual);
            IVisualEncoder visual = _options.Encoders.CreateVisual(_options.VisualEncoder ?? seen.Name, AsTrained(_options.Visual, seen));
            _visual = Fits(seen, visual.Identity, visual, "--visual-weights");
        }

        if (Model.AudioEncoder is { } heard && _audio is null)
        {
            ThrowIfFeaturesOnly(_options.AudioEncoder, heard, _options.Encoders.Audio);
            IAudioEncoder audio = _options.Encoders.CreateAudio(_options.AudioEncoder ?? heard.Name, AsTrained(_options.Audio, heard));
            _audio = Fits(heard, audio.Identity, audio, "--audio-weights");
        }

        if (_extractor is null)
        {
            _log.EncodersLoaded(
                string.Join(" and ", new[] { _visual?.Identity, _audio?.Identity }.OfType<EncoderIdentity>()), Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return _extractor = new FeatureExtractor(_visual, _audio, extraction);
    }

    // Features that were imported or joined often bear a name that no encoder here has.
    private void ThrowIfFeaturesOnly<TEncoder>(string? asked, EncoderIdentity trained, EncoderShelf<TEncoder> shelf)
        where TEncoder : IDisposable
    {
        if (asked is null && !shelf.Contains(trained.Name))
        {
            throw FeaturesOnly(trained, "which no encoder here makes");
        }
    }

    private IncompatibleFeaturesException FeaturesOnly(EncoderIdentity trained, string why) => new(
        $"Model '{Model.Name}' predicts from features, not from videos: it takes features of {trained}, {why}. Make those of your video in the same way as the "
        + "model's ('evoke features import', 'evoke features join'), then name their folder: --features DIR.");

    // By default a model trained on float32 features gets float32. One trained on bfloat16 gets the fastest precision here: bfloat16, unless this machine is
    // slow at it.
    private EncoderOptions AsTrained(EncoderOptions options, EncoderIdentity trained) => options with
    {
        Precision = options.Precision ?? (trained.Precision == PrecisionNames.NameOf(Precision.Float32) ? Precision.Float32 : null),
        Trained = trained,
        ModelFolder = _modelFolder,
    };

    private TEncoder Fits<TEncoder>(EncoderIdentity wanted, EncoderIdentity found, TEncoder encoder, string option)
        where TEncoder : IDisposable
    {
        if (found.IsSameEncoderAs(wanted))
        {
            return encoder;
        }

        encoder.Dispose();
        if (wanted.WeightsSha256 is null && found.WeightsSha256 is not null)
        {
            throw FeaturesOnly(wanted, "which were imported, so that the weights behind them are not known");
        }

        string way = wanted.WeightsSha256 is null || found.WeightsSha256 is null ? "" : $" Name the file that the model was trained with: {option} FILE.";
        throw new IncompatibleFeaturesException($"Model '{Model.Name}' takes features of {wanted}; the encoder here is {found}.{way}");
    }
}
