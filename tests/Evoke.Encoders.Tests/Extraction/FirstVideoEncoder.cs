using Evoke.Curves;
using Evoke.Features;
using Evoke.Media.Reading;

namespace Evoke.Encoders.Tests.Extraction;

/// <summary>An encoder that does something when its first video begins. The inner encoder is its owner's.</summary>
internal sealed class FirstVideoEncoder(IVisualEncoder inner, Action begins) : IVisualEncoder
{
    private bool _hasBegun;

    public EncoderIdentity Identity => inner.Identity;

    public int FeatureWidth => inner.FeatureWidth;

    public FrameSpec FramesFor(Rate rate) => inner.FramesFor(rate);

    public IVisualEncodingSession Start(Rate rate)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            begins();
        }

        return inner.Start(rate);
    }

    public void Dispose()
    {
        // See the summary.
    }
}
