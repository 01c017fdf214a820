using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Moments;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>A stored result as the document behind every export, equal to that of <c>evoke predict</c> for the same video and model.</summary>
internal static class ResultDocument
{
    public static PredictionDocument Of(VideoRecord video, ResultRecord result)
    {
        EmotionScheme scheme = result.ToScheme();
        TimeGrid grid = new(result.Rate, result.Rows);
        EmotionCurves curves = new(scheme, grid, result.Curves);
        ResultDetails details = result.Details;
        return new PredictionDocument
        {
            VideoId = video.Stem,
            SourceName = video.Name,
            DurationSeconds = result.DurationSeconds,
            ModelName = details.NameOf(result.Model),
            ModelRecipe = details.ModelRecipe,
            ModelSha256 = details.ModelSha256,
            ModelDescription = details.Model.Description,
            Encoders = details.Encoders,
            Curves = curves,
            StandardDeviation = result.Spread is null ? null : new EmotionCurves(scheme, grid, result.Spread),
            StrongestOrigin = details.StrongestOrigin,
            Moments = MomentFinder.Find(curves), // computed from the curves: results of earlier versions did not store the strength of moments
            Warnings = details.Warnings,
        };
    }
}
