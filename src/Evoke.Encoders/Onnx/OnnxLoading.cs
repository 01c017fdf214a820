namespace Evoke.Encoders.Onnx;

/// <summary>From a file to an encoder, whatever goes into it.</summary>
internal static class OnnxLoading
{
    /// <summary>Reads from a description and a network what goes into the network; null if mistakes leave it open.</summary>
    public delegate TInput? InputReader<TInput>(OnnxDescription description, OnnxNetwork network, OnnxMistakes mistakes)
        where TInput : class, IOnnxInput;

    /// <summary>Loads a network and makes its encoder.</summary>
    /// <param name="reference">Which network.</param>
    /// <param name="description">What the file does not say; null for FILE.onnx.json.</param>
    /// <param name="options">Where it runs.</param>
    /// <param name="read">Finds out what goes in.</param>
    /// <param name="create">Makes the encoder, which then owns the network.</param>
    /// <exception cref="OnnxModelException">The file cannot be read, or its input or output does not fit.</exception>
    /// <exception cref="Kernels.Torch.PrecisionException">A precision other than float32 was requested.</exception>
    /// <exception cref="Kernels.Torch.ComputeDeviceException">The device is not available.</exception>
    public static TEncoder Load<TInput, TEncoder>(
        OnnxReference reference, OnnxDescription? description, EncoderOptions options, InputReader<TInput> read, Func<OnnxNetwork, TInput, TEncoder> create)
        where TInput : class, IOnnxInput
    {
        ArgumentNullException.ThrowIfNull(options);
        string path = reference.Path;
        OnnxMistakes mistakes = new(path, reference.Shapes?.Preset);
        description ??= OnnxSidecar.Read(path, mistakes);
        OnnxNetwork network = OnnxNetwork.Load(path, description, reference.Output, options, mistakes);
        try
        {
            reference.Shapes?.ThrowIfUnfit(path, network);
            TInput? input = read(description, network, mistakes);
            mistakes.ThrowIfAny();
            network.Accept(input!.ItemShape);
            reference.Shapes?.ThrowIfWidthDiffers(path, network.FeatureWidth);
            return create(network, input);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
