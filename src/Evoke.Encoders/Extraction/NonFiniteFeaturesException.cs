using Evoke.Features;
using Evoke.Files;

namespace Evoke.Encoders.Extraction;

/// <summary>An encoder gave a feature of a video that is infinite or not a number.</summary>
public sealed class NonFiniteFeaturesException : EvokeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The media file.</param>
    /// <param name="encoder">The encoder.</param>
    /// <param name="seconds">Seconds from the start of the video.</param>
    /// <param name="feature">The feature, from 0.</param>
    /// <param name="found">The number that was found.</param>
    public NonFiniteFeaturesException(string path, EncoderIdentity encoder, double seconds, int feature, float found)
        : base(FormattableString.Invariant(
            $"{path}: expected finite features of the encoder '{encoder}', found {found} in feature {feature} at {seconds:0.###} s.")) =>
        Path = path;

    /// <summary>The media file.</summary>
    public string Path { get; }
}
