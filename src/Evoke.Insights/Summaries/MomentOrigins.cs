using Evoke.Curves;
using Evoke.Curves.Measures;
using Evoke.Features;
using Evoke.Heads.Attribution;

namespace Evoke.Insights.Summaries;

/// <summary>Finds how much of a strongest moment comes from picture and sound.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class MomentOrigins
{
    /// <summary>The origin of a moment.</summary>
    /// <param name="moment">The moment; null for none.</param>
    /// <param name="grid">The time grid of its steps.</param>
    /// <param name="attribution">What the model's curves owe to picture and sound, on the model's own clock.</param>
    /// <param name="features">The features of the video.</param>
    /// <returns>Null if there is no moment, or if the video or the model lacks picture or sound.</returns>
    public static MomentOrigin? Of(StrongestMoment? moment, TimeGrid grid, ModalityAttribution attribution, VideoFeatures features)
    {
        ArgumentNullException.ThrowIfNull(attribution);
        ArgumentNullException.ThrowIfNull(features);
        return moment is null || features.PictureMissing || features.SoundMissing || attribution.FromPicture is null || attribution.FromSound is null
            ? null
            : new MomentOrigin(At(attribution.FromPicture), At(attribution.FromSound));

        // Linear between the steps of the model's own clock, as the curves are.
        double At(EmotionCurves curves)
        {
            double place = Math.Min(grid.SecondsAt(moment.Step) * curves.Grid.Rate.Hertz, curves.Grid.Count - 1);
            int before = (int)place, after = Math.Min(before + 1, curves.Grid.Count - 1);
            return curves[before, moment.Column] + ((place - before) * (curves[after, moment.Column] - curves[before, moment.Column]));
        }
    }
}
