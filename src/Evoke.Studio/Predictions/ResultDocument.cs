using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Moments;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>A stored result as the document that every export writes from.</summary>
internal static class ResultDocument
{
    public static PredictionDocument Of(VideoRecord video, ResultRecord result)
    {
        EmotionScheme scheme = new(result.Scheme);
        TimeGrid grid = new(result.Rate, result.Rows);
        return new PredictionDocument
        {
            VideoId = System.IO.Path.GetFileNameWithoutExtension(video.Name),
            SourceName = video.Name,
            DurationSeconds = result.DurationSeconds,
            ModelName = result.Model,
            ModelDescription = Words(result.Details.Model),
            Curves = new EmotionCurves(scheme, grid, result.Curves),
            StandardDeviation = result.Spread is null ? null : new EmotionCurves(scheme, grid, result.Spread),
            Moments = [.. result.Details.Moments.Select(card => new Moment(
                scheme.IndexOf(card.Emotion),
                card.Kind == "peak" ? MomentKind.Peak : MomentKind.Dip,
                StepOf(card.StartSeconds, grid),
                StepOf(card.Seconds, grid),
                StepOf(card.EndSeconds, grid),
                card.Value,
                card.Prominence))],
            Warnings = result.Details.Warnings,
        };
    }

    private static string Words(ModelCard model) => model.TrainedOn.Length == 0 ? model.Description : $"{model.Description} Trained on {model.TrainedOn}.";

    private static int StepOf(double seconds, TimeGrid grid) => (int)Math.Round(seconds * grid.Rate);
}
