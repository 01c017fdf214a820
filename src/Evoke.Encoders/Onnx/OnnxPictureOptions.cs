using Evoke.Encoders.Deep;

namespace Evoke.Encoders.Onnx;

/// <summary>How pictures are preprocessed for an ONNX network. What is null is taken from the network itself.</summary>
/// <remarks>Read from FILE.onnx.json where that is there: the same names in camel case.</remarks>
internal sealed record OnnxPictureOptions
{
    /// <summary>Name of the input; null if there is only one.</summary>
    public string? Input { get; init; }

    /// <summary>Name of the output; null if there is only one, or if it comes after a # in the encoder's name.</summary>
    public string? Output { get; init; }

    /// <summary>Width in pixels; null for the network's own.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels; null for the network's own.</summary>
    public int? Height { get; init; }

    /// <summary>Where the three colours are; null to use the dimension of the input that is 3.</summary>
    public PictureLayout? Layout { get; init; }

    /// <summary>The numbers of black and of white, before <see cref="Mean"/> and <see cref="Std"/>: [0, 1] if null, often [-1, 1] or [0, 255].</summary>
    public IReadOnlyList<float>? Range { get; init; }

    /// <summary>Taken off red, green and blue. Null for ImageNet's [0.485, 0.456, 0.406] where <see cref="Range"/> is null too, else nothing.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>What the rest is divided by. Null for ImageNet's [0.229, 0.224, 0.225] where <see cref="Range"/> is null too, else 1.</summary>
    public IReadOnlyList<float>? Std { get; init; }
}
