namespace Evoke.Media.Reading;

/// <summary>How long a video is, from the lengths of its picture and its sound.</summary>
/// <remarks>
/// The rule (docs/media.md): the longer of the two. Encoders pad sound by a frame or two, and streams are cut at slightly different times: sound that
/// ends up to <see cref="PaddingSeconds"/> after the picture ends with it.
/// </remarks>
internal static class ReadingLength
{
    /// <summary>How long sound may go on after the picture and still end with it, in seconds.</summary>
    public const double PaddingSeconds = 0.5;

    // Where sound decides, its end is counted in whole steps of this: another row for the padding of its encoder's last frame would be empty.
    private const double StepSeconds = 0.05;

    /// <summary>The length in seconds; 0 if there is neither.</summary>
    public static double Of(double? picture, double? sound) => (picture, sound) switch
    {
        ({ } p, { } s) => s > p + PaddingSeconds ? Math.Floor((s / StepSeconds) + 1e-6) * StepSeconds : p,
        _ => picture ?? sound ?? 0,
    };
}
