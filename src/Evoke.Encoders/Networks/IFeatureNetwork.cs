using static TorchSharp.torch;

namespace Evoke.Encoders.Networks;

/// <summary>A network for inference that turns a batch of pictures, or of log-mel patches, into one feature each.</summary>
/// <remarks>Instances are used by one thread at a time. The caller holds a dispose scope and runs without gradients.</remarks>
public interface IFeatureNetwork : IDisposable
{
    /// <summary>Values per item.</summary>
    int FeatureWidth { get; }

    /// <summary>Computes the features of a batch.</summary>
    /// <param name="batch">[B, C, H, W], normalised as the network was trained, float32, on any device.</param>
    /// <returns>[B, <see cref="FeatureWidth"/>], float32, on the network's device.</returns>
    Tensor Forward(Tensor batch);
}
