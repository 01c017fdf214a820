using System.Globalization;
using Evoke.Encoders.Onnx;
using Evoke.Encoders.Weights;

namespace Evoke.Encoders.Catalog;

/// <summary>The encoders of <see cref="OnnxPresets"/>.</summary>
internal static class PresetEncoders
{
    /// <summary>Adds them to a catalog.</summary>
    public static void AddTo(EncoderCatalog catalog)
    {
        foreach (OnnxPreset preset in OnnxPresets.All)
        {
            if (preset.Hears)
            {
                catalog.Audio.Add(Entry<IAudioEncoder>(
                    preset, options => OnnxAudioEncoder.Load(preset.Find(options), preset.SettingsFor(options), options)));
            }
            else
            {
                catalog.Visual.Add(Entry<IVisualEncoder>(
                    preset, options => OnnxVisualEncoder.Load(preset.Find(options), preset.SettingsFor(options), options)));
            }
        }
    }

    private static EncoderEntry<TEncoder> Entry<TEncoder>(OnnxPreset preset, Func<EncoderOptions, TEncoder> create)
        where TEncoder : IDisposable =>
        new(
            preset.Name,
            string.Create(CultureInfo.InvariantCulture, $"{preset.Title}; {preset.FeatureWidth} numbers; from an ONNX file that you export"),
            request => create(request.Options))
        {
            FeatureWidth = preset.FeatureWidth,
            Input = preset.Takes,
            WeightsNames = [preset.Name],
        };
}
