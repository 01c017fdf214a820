using Evoke.Encoders.Networks;
using Evoke.Encoders.Weights;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Tensors;

namespace Evoke.Encoders.Deep;

/// <summary>Builds a network from its weight file.</summary>
internal static class PretrainedNetwork
{
    /// <summary>Loads a network.</summary>
    /// <param name="weightsName">The registry's name of the weights.</param>
    /// <param name="options">A local weight file, or the cache.</param>
    /// <param name="load">Builds the network from weights, the file's name (for errors) and a placement.</param>
    /// <param name="offersInt8">True if the network runs in int8 too.</param>
    /// <returns>The network, and the SHA-256 of its file.</returns>
    /// <exception cref="WeightsNotInstalledException">No file is given and the cache has none.</exception>
    /// <exception cref="TensorFileException">The file cannot be read or is not a weight file.</exception>
    /// <exception cref="WeightsMismatchException">The file has the weights of another network.</exception>
    /// <exception cref="PrecisionException">int8 was requested, but the network does not support it.</exception>
    public static (IFeatureNetwork Network, string Sha256) Load(
        string weightsName, EncoderOptions options, Func<IStateDict, string, NetworkPlacement, IFeatureNetwork> load, bool offersInt8 = false)
    {
        if (options.Precision == Precision.Int8 && !offersInt8)
        {
            string others = string.Join(", ", WeightRegistry.Backbones.Where(backbone => backbone.OffersInt8).Select(backbone => backbone.Name));
            throw new PrecisionException($"{weightsName} runs in float32 or bfloat16, not in int8; int8 is available for {others}.");
        }

        using EncoderWeights weights = EncoderWeights.Open(weightsName, options.WeightsFile, options.CacheFolder);
        return (load(weights.Parameters, weights.Path, PlacementOf(options)), weights.Sha256);
    }

    /// <summary>Where a network runs by default: in the fastest precision, which the tests show to be harmless.</summary>
    public static NetworkPlacement PlacementOf(EncoderOptions options) => NetworkPlacement.Of(options.Device, options.Precision);
}
