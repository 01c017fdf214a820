using Evoke.Encoders.Weights;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Weights;

/// <summary>Networks of the presets' shapes that give what goes in: the mean of each colour, band or sample of a token, repeated.</summary>
internal static class PresetNetworks
{
    /// <summary>The network of a preset.</summary>
    public static OnnxModel Of(OnnxPreset preset) => preset.Name switch
    {
        "videomae-b" => OnnxModel.Means(768, 3, [2, 3, 4], "N", 3, 16, 224, 224),
        "panns-cnn14" => OnnxModel.Means(2048, 64, [1, 2], "N", 1, 201, 64),
        "ast" => OnnxModel.Means(768, 128, [1], "N", 1024, 128),
        "beats" => OnnxModel.Tokens(768, 128, "N", 192, 128),
        "wav2vec2-base" => OnnxModel.Tokens(768, 320, "N", 32_000),
        _ => OnnxModel.Means(preset.FeatureWidth, 3, [2, 3], "N", 3, 224, 224),
    };
}
