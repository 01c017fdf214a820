using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.Parts;
using Evoke.Encoders.Weights;

namespace Evoke.Encoders.Catalog;

/// <summary>The entries of the networks in packages, which are optional parts.</summary>
internal static class PartEntries
{
    /// <summary>A ResNet-18 of ImageNet.</summary>
    public static EncoderEntry<IVisualEncoder> ResNet18 { get; } = new(
        WeightRegistry.ResNet18,
        "ResNet-18, ImageNet-1K, as ONNX from NuGet; 512 numbers",
        request => ResNet18Encoder.Load(request.Options))
    {
        FeatureWidth = 512,
        Input = "224 x 224 pixels, a picture for each step",
        WeightsNames = [WeightRegistry.ResNet18],
    };

    /// <summary>Silero's speech detector.</summary>
    public static EncoderEntry<IAudioEncoder> Speech { get; } = new(
        WeightRegistry.Speech,
        "Silero's speech detector: mean probability, share of speech, how often speech begins; 3 numbers",
        request => SpeechEncoder.Load(request.Options))
    {
        FeatureWidth = SpeechEncoder.Width,
        Input = "16 kHz, windows of 0.032 s",
        WeightsNames = [WeightRegistry.Speech],
    };

    /// <summary>Descriptors and speech side by side.</summary>
    public static EncoderEntry<IAudioEncoder> SoundAndSpeech { get; } = new(
        $"{AudioLowLevelEncoder.Name}+{WeightRegistry.Speech}",
        $"{AudioLowLevelEncoder.Name} and {WeightRegistry.Speech} side by side; {AudioLowLevelEncoder.Descriptors.Count + SpeechEncoder.Width} numbers",
        request => new JoinedAudioEncoder(new AudioLowLevelEncoder(), SpeechEncoder.Load(request.Options)))
    {
        FeatureWidth = AudioLowLevelEncoder.Descriptors.Count + SpeechEncoder.Width,
        Input = "16 kHz, the sound of each step",
        WeightsNames = [WeightRegistry.Speech],
    };
}
