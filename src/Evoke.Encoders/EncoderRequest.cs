namespace Evoke.Encoders;

/// <summary>What the user requested: one entry of the catalog and what came after its colon.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">The whole text, for example "swin-l" or "onnx:resnet.onnx".</param>
/// <param name="Argument">What follows the colon, for example "resnet.onnx"; empty for an entry that takes nothing.</param>
/// <param name="Options">How the encoder is to run.</param>
public sealed record EncoderRequest(string Name, string Argument, EncoderOptions Options);
