using Evoke.Curves;
using Evoke.Encoders;
using Evoke.Encoders.Extraction;
using Evoke.Heads;
using Evoke.Heads.Affect;
using Evoke.Heads.Models;

namespace Evoke.Cli.Predict;

/// <summary>A model with the encoders that it wants.</summary>
internal sealed class VideoPredictor : IDisposable
{
    private readonly IReactionModel _model;
    private readonly IVisualEncoder? _visual;
    private readonly IAudioEncoder? _audio;
    private readonly FeatureExtractor _extractor;

    public VideoPredictor(string model, EncoderOptions visual, EncoderOptions audio)
    {
        _model = model == AffectModel.ModelName ? new AffectModel() : HeadModel.Load(model);
        _visual = _model.VisualEncoder is { } picture ? EncoderCatalog.Default.CreateVisual(picture.Name, visual) : null;
        _audio = _model.AudioEncoder is { } sound ? EncoderCatalog.Default.CreateAudio(sound.Name, audio) : null;
        _extractor = new FeatureExtractor(_visual, _audio, new ExtractionOptions { Rate = _model.Rate });
    }

    public async Task<PredictionDocument> PredictAsync(
        NamedVideo video, double rate, IProgress<ExtractionProgress> progress, CancellationToken cancellationToken)
    {
        VideoFeatures features = await _extractor.ExtractAsync(video.Path, video.Name, progress, cancellationToken).ConfigureAwait(false);
        SparsePrediction sparse = _model.Predict(features);
        TimeGrid grid = TimeGrid.ForDuration(features.DurationSeconds, rate);
        EmotionCurves curves = SparseToDense.Interpolate(sparse.Mean, grid);
        return new PredictionDocument
        {
            VideoId = video.Name,
            SourceName = features.SourceName,
            DurationSeconds = features.DurationSeconds,
            ModelName = _model.Name,
            ModelDescription = _model is AffectModel ? AffectModel.Description : "",
            Encoders = [.. new[] { _model.VisualEncoder, _model.AudioEncoder }.OfType<EncoderIdentity>().Select(encoder => encoder.ToString())],
            Curves = curves,
            StandardDeviation = sparse.StandardDeviation is { } spread ? SparseToDense.Interpolate(spread, grid) : null,
            Moments = MomentFinder.Find(curves),
            Warnings = features.Warnings,
        };
    }

    public void Dispose()
    {
        _model.Dispose();
        _visual?.Dispose();
        _audio?.Dispose();
    }
}
