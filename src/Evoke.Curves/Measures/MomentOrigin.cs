namespace Evoke.Curves.Measures;

/// <summary>How much of the strongest moment of a video comes from the picture and how much from the sound.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="FromPicture">The value minus that with the picture's features replaced by their mean over the video, in the curve's unit; negative where the
/// picture lowers it.</param>
/// <param name="FromSound">The same for the sound.</param>
public sealed record MomentOrigin(double FromPicture, double FromSound)
{
    /// <summary>The picture's part of what both add, from 0 to 1; what lowers the value counts as 0. The sound's part is the rest.</summary>
    /// <param name="least">What both must add together, in the curve's unit, for a share to mean anything.</param>
    /// <returns>Null if both add less.</returns>
    public double? PictureShare(double least)
    {
        double picture = Math.Max(0, FromPicture), sound = Math.Max(0, FromSound);
        return picture + sound >= least && picture + sound > 0 ? picture / (picture + sound) : null;
    }
}
