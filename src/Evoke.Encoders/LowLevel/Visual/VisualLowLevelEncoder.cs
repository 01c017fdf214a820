using Evoke.Curves;
using Evoke.Features;
using Evoke.Media.Reading;

namespace Evoke.Encoders.LowLevel.Visual;

/// <summary>`visual-lld`: low-level descriptors of the picture: light, colour, detail, motion, cuts. Needs no weights.</summary>
/// <remarks>
/// Frames of 112 x 64 pixels at 6 Hz or a little more are described one by one and pooled to the requested rate: step k holds the frames of
/// [k/rate, (k+1)/rate) seconds. Light, colour and detail are means over a step's frames; a change from one frame to the next belongs to the step of the
/// later frame. All numbers are of the order of 1, so that networks can take them as they are. What each one is: <see cref="Descriptors"/>.
/// Thread-safe: several sessions may run at once, each on one thread at a time.
/// </remarks>
public sealed class VisualLowLevelEncoder : IVisualEncoder
{
    /// <summary>The minimum frame rate (Hz): enough for motion and for cuts a third of a second apart.</summary>
    private const double LeastFrameRate = 6;

    /// <summary>The encoder's name.</summary>
    public const string Name = "visual-lld";

    /// <summary>The numbers of a step, in order.</summary>
    public static DescriptorTable Descriptors { get; } =
        new(LightDescriptors.Table, ColourDescriptors.Table, DetailDescriptors.Table, TemporalDescriptors.Table);

    /// <summary>The identity of this encoder, for files that name their encoder.</summary>
    public static EncoderIdentity EncoderIdentity { get; } = new(Name, Settings: "v2");

    /// <inheritdoc/>
    public EncoderIdentity Identity => EncoderIdentity;

    /// <inheritdoc/>
    public int FeatureWidth => Descriptors.Count;

    /// <summary>How many numbers describe a single frame; the rest of a row is about change.</summary>
    internal static int StillWidth => Descriptors.Count - TemporalDescriptors.Table.Count;

    /// <inheritdoc/>
    public FrameSpec FramesFor(Rate rate)
        => new() { Width = FramePlanes.Width, Height = FramePlanes.Height, Rate = rate.Hertz * FramesPerStep(rate) };

    /// <inheritdoc/>
    public IVisualEncodingSession Start(Rate rate) => new VisualLowLevelSession(FramesFor(rate), FramesPerStep(rate));

    /// <inheritdoc/>
    public void Dispose()
    {
        // Only managed memory is used.
    }

    /// <summary>Light, colour and detail of one frame.</summary>
    internal static void ComputeStill(FramePlanes frame, Span<float> values)
    {
        LightDescriptors.Compute(frame, values);
        values = values[LightDescriptors.Table.Count..];
        ColourDescriptors.Compute(frame, values);
        values = values[ColourDescriptors.Table.Count..];
        DetailDescriptors.Compute(frame, values);
    }

    private static int FramesPerStep(Rate rate) => Math.Max(1, (int)Math.Ceiling((LeastFrameRate / rate.Hertz) - 1e-9));
}
