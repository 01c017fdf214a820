using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Moments;
using Evoke.Encoders.Extraction;
using Evoke.Features;
using Evoke.Files;
using Evoke.Heads;
using Evoke.Heads.Attribution;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Heads.Reactions;
using Evoke.Insights.Summaries;
using Evoke.Media;
using Evoke.Media.Previews;
using Evoke.Studio.Disk;
using Evoke.Studio.Predictions;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>Turns a file into a stored result: probe, features (kept for other models), prediction, moments and the contributions of
/// picture and sound.</summary>
internal sealed class VideoAnalyzer(
    VideoAccess access, VideoLimits limits, VideoTable videos, ResultTable results, ModelShelf models, FeatureShelf features) : IVideoAnalyzer
{
    private const double FeaturesShare = 0.92;

    public async Task AnalyseAsync(VideoRecord video, string model, Action<JobProgress> report, CancellationToken cancellation)
    {
        report(new JobProgress("reading", 0));
        string path = access.OpenablePath(video);
        MediaInfo info = await access.ProbeAsync(video, cancellation).ConfigureAwait(false);
        video = Described(video, info);
        videos.Update(video);
        limits.ThrowIfTooMuch(video.Name, info);

        (Predictor predictor, ModelCard card, string stamp) = models.Load(model);
        string key = FeatureShelf.KeyOf(predictor.Model.VisualEncoder, predictor.Model.AudioEncoder, predictor.Model.Rate);
        VideoFeatures found = features.Find(video.Id, key) ?? await ExtractAsync(video, path, predictor, key, report, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();

        report(new JobProgress("prediction", FeaturesShare));
        Prediction prediction = predictor.Predict(found, cancellation);
        ModalityAttribution why = predictor.Attribute(found, prediction, cancellation);
        cancellation.ThrowIfCancellationRequested();

        report(new JobProgress("saving", 0.98));
        videos.Update(video with { DurationSeconds = found.DurationSeconds });
        results.Save(Result(video, card, stamp, key, found, prediction, why));
    }

    private async Task<VideoFeatures> ExtractAsync(
        VideoRecord video, string path, Predictor predictor, string key, Action<JobProgress> report, CancellationToken cancellation)
    {
        double total = video.DurationSeconds ?? 0;
        Pace pace = new(TimeProvider.System);
        VideoFeatures made = await predictor.ExtractAsync(path, video.Id, new InlineProgress<ExtractionProgress>(progress =>
        {
            limits.ThrowIfTooLong(video.Name, progress.SecondsDone);
            double known = Math.Max(progress.SecondsTotal ?? total, 1e-3);
            report(new JobProgress("features", FeaturesShare * Math.Min(1, progress.SecondsDone / known), pace.At(progress.SecondsDone)));
        }), cancellation).ConfigureAwait(false);
        features.Save(video.Id, key, made);
        return made;
    }

    private static VideoRecord Described(VideoRecord video, MediaInfo info) => video with
    {
        DurationSeconds = info.ToldSeconds,
        Width = info.Video?.Width,
        Height = info.Video?.Height,
        FrameRate = info.Video?.FrameRate,
        HasPicture = info.Video is not null,
        HasSound = info.Audio is not null,
        Playable = BrowserPlayback.IsPlausible(info),
    };

    private static ResultRecord Result(
        VideoRecord video, ModelCard card, string stamp, string key, VideoFeatures found, Prediction prediction, ModalityAttribution why)
    {
        PredictionDocument document = prediction.ToDocument();
        EmotionCurves curves = document.Curves;
        TimeGrid dense = curves.Grid;
        EmotionCurves? fromPicture = found.PictureMissing || why.FromPicture is null ? null : SparseToDense.Interpolate(why.FromPicture, dense);
        EmotionCurves? fromSound = found.SoundMissing || why.FromSound is null ? null : SparseToDense.Interpolate(why.FromSound, dense);
        bool both = fromPicture is not null && fromSound is not null;
        return new ResultRecord
        {
            VideoId = video.Id,
            Model = card.Name,
            Created = DateTimeOffset.UtcNow,
            DurationSeconds = document.DurationSeconds,
            Scheme = curves.Scheme.Names,
            Rate = dense.Rate,
            Curves = curves.Values.ToArray(),
            Spread = document.StandardDeviation?.Values.ToArray(),
            Details = new ResultDetails
            {
                Model = card,
                Ranges = ModelDescription.RangesOf(curves.Scheme),
                ModelName = document.ModelName,
                ModelRecipe = document.ModelRecipe,
                ModelSha256 = document.ModelSha256,
                StrongestOrigin = MomentOrigins.Of(StrongestMoment.Of(document), dense, why, found),
                Encoders = [.. document.Encoders],
                ModelStamp = stamp,
                FeatureKey = key,
                Moments = [.. document.Moments.Select(moment => MomentCard.Of(moment, curves) with
                {
                    FromPicture = both ? fromPicture![moment.Step, moment.Emotion] : null,
                    FromSound = both ? fromSound![moment.Step, moment.Emotion] : null,
                })],
                Summary = [.. EmotionSummary.Of(curves)],
                Warnings = [.. document.Warnings],
            },
        };
    }
}
