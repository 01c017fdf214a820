using System.Diagnostics;
using System.Globalization;
using Evoke.Curves;
using Evoke.Encoders;
using Evoke.Encoders.Extraction;
using Evoke.Heads;
using Evoke.Media;
using Evoke.Studio.Library;
using Evoke.Studio.Predictions;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>From a file to a stored result: probe, features (kept for the next model), prediction, moments and where they come from.</summary>
internal sealed class VideoAnalyzer(
    StudioOptions options, VideoAccess access, VideoTable videos, ResultTable results, ModelShelf models, FeatureShelf features) : IVideoAnalyzer
{
    private const double DenseRate = 6;
    private const double FeaturesShare = 0.92;

    public async Task AnalyseAsync(VideoRecord video, string model, Action<AnalysisProgress> report, CancellationToken cancellation)
    {
        report(new AnalysisProgress("reading", 0));
        string path = access.OpenablePath(video);
        MediaInfo info = await MediaProbe.ProbeAsync(path, cancellation).ConfigureAwait(false);
        video = Described(video, info);
        ThrowIfTooMuch(video, info);
        videos.Update(video);

        IReactionModel network = models.Load(model);
        string key = FeatureShelf.KeyOf(network.VisualEncoder, network.AudioEncoder, network.Rate);
        VideoFeatures found = features.Find(video.Id, key) ?? await ExtractAsync(video, path, network, key, report, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();

        report(new AnalysisProgress("prediction", FeaturesShare));
        SparsePrediction sparse = network.Predict(found);
        ModalityAttribution why = ModalityAttribution.Of(network, found, sparse);
        cancellation.ThrowIfCancellationRequested();

        report(new AnalysisProgress("saving", 0.98));
        videos.Update(video with { DurationSeconds = found.DurationSeconds });
        results.Save(Result(video, model, key, found, sparse, why));
    }

    private async Task<VideoFeatures> ExtractAsync(
        VideoRecord video, string path, IReactionModel network, string key, Action<AnalysisProgress> report, CancellationToken cancellation)
    {
        using IVisualEncoder? visual = network.VisualEncoder is null ? null : EncoderCatalog.Default.Visual.Create(network.VisualEncoder.Name);
        using IAudioEncoder? audio = network.AudioEncoder is null ? null : EncoderCatalog.Default.Audio.Create(network.AudioEncoder.Name);
        FeatureExtractor extractor = new(visual, audio, new ExtractionOptions { Rate = network.Rate });
        double total = video.DurationSeconds ?? 0;
        long start = Stopwatch.GetTimestamp();
        VideoFeatures made = await extractor.ExtractAsync(path, video.Id, new InlineProgress(progress =>
        {
            ThrowIfTooLong(video, progress.SecondsDone);
            double known = Math.Max(progress.SecondsTotal ?? total, 1e-3);
            report(new AnalysisProgress("features", FeaturesShare * Math.Min(1, progress.SecondsDone / known), progress.SecondsDone / Math.Max(Stopwatch.GetElapsedTime(start).TotalSeconds, 1e-3)));
        }), cancellation).ConfigureAwait(false);
        features.Save(video.Id, key, made);
        return made;
    }

    private static VideoRecord Described(VideoRecord video, MediaInfo info) => video with
    {
        DurationSeconds = info.Video?.DurationSeconds ?? info.DurationSeconds,
        Width = info.Video?.Width,
        Height = info.Video?.Height,
        FrameRate = info.Video?.FrameRate,
        HasPicture = info.Video is not null,
        HasSound = info.Audio is not null,
    };

    private void ThrowIfTooMuch(VideoRecord video, MediaInfo info)
    {
        int streams = info.VideoStreams.Length + info.AudioStreams.Length;
        if (streams > options.MaxStreams)
        {
            throw new StudioRequestException(StatusCodes.Status422UnprocessableEntity, string.Create(CultureInfo.InvariantCulture,
                $"'{video.Name}' has {streams} picture and sound streams; at most {options.MaxStreams} are taken."));
        }

        ThrowIfTooLong(video, video.DurationSeconds ?? 0);
    }

    // Asked again while decoding: a container may say less than it holds.
    private void ThrowIfTooLong(VideoRecord video, double seconds)
    {
        if (seconds > options.MaxDuration.TotalSeconds)
        {
            throw new StudioRequestException(StatusCodes.Status422UnprocessableEntity, string.Create(CultureInfo.InvariantCulture,
                $"'{video.Name}' is longer than the {options.MaxDuration.TotalHours:0.##} hours that are taken."));
        }
    }

    private ResultRecord Result(VideoRecord video, string model, string key, VideoFeatures found, SparsePrediction sparse, ModalityAttribution why)
    {
        TimeGrid dense = TimeGrid.ForDuration(found.DurationSeconds, DenseRate);
        EmotionCurves curves = SparseToDense.Interpolate(sparse.Mean, dense);
        EmotionCurves? spread = sparse.StandardDeviation is null ? null : SparseToDense.Interpolate(sparse.StandardDeviation, dense);
        EmotionCurves? fromPicture = found.PictureMissing || why.FromPicture is null ? null : SparseToDense.Interpolate(why.FromPicture, dense);
        EmotionCurves? fromSound = found.SoundMissing || why.FromSound is null ? null : SparseToDense.Interpolate(why.FromSound, dense);
        bool both = fromPicture is not null && fromSound is not null;
        return new ResultRecord
        {
            VideoId = video.Id,
            Model = model,
            Created = DateTimeOffset.UtcNow,
            DurationSeconds = found.DurationSeconds,
            Scheme = curves.Scheme.Names,
            Rate = DenseRate,
            Curves = curves.Values.ToArray(),
            Spread = spread?.Values.ToArray(),
            Details = new ResultDetails
            {
                Model = models.Card(model),
                FeatureKey = key,
                Moments = [.. MomentFinder.Find(curves).Select(moment => new MomentCard
                {
                    Emotion = curves.Scheme.Names[moment.Emotion],
                    Kind = moment.Kind == MomentKind.Peak ? "peak" : "dip",
                    StartSeconds = dense.SecondsAt(moment.StartStep),
                    Seconds = dense.SecondsAt(moment.Step),
                    EndSeconds = dense.SecondsAt(moment.EndStep),
                    Value = moment.Value,
                    Prominence = moment.Prominence,
                    FromPicture = both ? fromPicture![moment.Step, moment.Emotion] : null,
                    FromSound = both ? fromSound![moment.Step, moment.Emotion] : null,
                })],
                Summary = [.. EmotionSummary.Of(curves)],
                Warnings = [.. found.Warnings],
            },
        };
    }

    /// <summary>Reports on the thread that decodes, in order; <see cref="Progress{T}"/> would post each report elsewhere.</summary>
    private sealed class InlineProgress(Action<ExtractionProgress> report) : IProgress<ExtractionProgress>
    {
        public void Report(ExtractionProgress value) => report(value);
    }
}
