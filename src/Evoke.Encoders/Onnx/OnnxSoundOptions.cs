namespace Evoke.Encoders.Onnx;

/// <summary>How sound is preprocessed for an ONNX network: patches of 96 frames x 64 mel bands, as VGGish's front end computes them.</summary>
/// <remarks>Read from FILE.onnx.json where that is there: the same names in camel case.</remarks>
internal sealed record OnnxSoundOptions
{
    /// <summary>Name of the input; null if there is only one.</summary>
    public string? Input { get; init; }

    /// <summary>Name of the output; null if there is only one, or if it comes after a # in the encoder's name.</summary>
    public string? Output { get; init; }

    /// <summary>Added to each mel band before the logarithm: 0.01 for VGGish, 0.001 for YAMNet.</summary>
    public float LogOffset { get; init; } = 0.01f;
}
