using System.Diagnostics.CodeAnalysis;
using Evoke.Encoders.Onnx;
using Evoke.Files;
using Evoke.Tensors;

namespace Evoke.Encoders.Weights;

/// <summary>A published network that runs from an ONNX file which the user exports: what <c>FILE.onnx.json</c> would say, under a name.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed record OnnxPreset : PretrainedWeights
{
    /// <summary>What the JSON file beside the network would say.</summary>
    public required OnnxDescription Settings { get; init; }

    /// <summary>Shape of the input, the batch first; -1 where any will do.</summary>
    public required IReadOnlyList<int> Input { get; init; }

    /// <summary>Shape of the output, the batch first; -1 where any will do.</summary>
    public required IReadOnlyList<int> Output { get; init; }

    /// <summary>What goes in, for lists.</summary>
    public required string Takes { get; init; }

    /// <summary>What was chosen and why, in Markdown, for its page.</summary>
    public required string Notes { get; init; }

    /// <summary>Where each constant was read: address, and what is there.</summary>
    public required IReadOnlyList<(string Address, string Says)> Sources { get; init; }

    /// <summary>The export in Python.</summary>
    public required string Export { get; init; }

    /// <summary>True for a network of sound.</summary>
    public bool Hears => Settings.Kind is OnnxKind.Wave or OnnxKind.Spectrogram;

    /// <summary>What it is, for users.</summary>
    public string Title => Settings.Title!;

    /// <inheritdoc/>
    internal override string WayToGet => $"{Way} 'evoke models import FILE {Name}' then installs it.";

    private string Way => $"Export it as an ONNX file: docs/presets.md#{Name} shows how.";

    /// <inheritdoc/>
    [DoesNotReturn]
    public override void ThrowIfUnfit(TensorFile file, string sourceName) =>
        throw new OnnxModelException(sourceName, $"it has weights alone; {Name} is a whole network. {Way}");

    /// <summary>The network of a request: the file that the options name, else the installed one.</summary>
    /// <exception cref="WeightsNotInstalledException">The options name none and none is installed; the message says how to get it.</exception>
    public OnnxReference Find(EncoderOptions options)
    {
        (string path, string? output) = options.WeightsFile is { } file
            ? OnnxReference.Split(file)
            : (new WeightStore(options.CacheFolder).Get(Name).Path, null);
        return ReferenceTo(path, output);
    }

    /// <summary>The settings of a request: those that a model was trained with, else the preset's.</summary>
    public OnnxDescription SettingsFor(EncoderOptions options) => OnnxSettings.Parse(options.Trained?.Settings) ?? Settings;

    /// <inheritdoc/>
    internal override void ThrowIfDamaged(string path) => OnnxFiles.Beside(path);

    /// <inheritdoc/>
    internal override string CheckedExtensionOf(string path, string sourceName)
    {
        OnnxReference reference = ReferenceTo(path, null);
        try
        {
            using IDisposable network = Hears
                ? OnnxAudioEncoder.Load(reference, Settings, EncoderOptions.Default)
                : OnnxVisualEncoder.Load(reference, Settings, EncoderOptions.Default);
            return ".onnx";
        }
        catch (OnnxModelException error) when (!File.Exists(path) || !OnnxFiles.IsOnnx(path))
        {
            throw new OnnxModelException(sourceName, File.Exists(path) ? $"this is not an ONNX file. {Way}" : "there is no such file.", error);
        }
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<string> FilesBeside(string path) => OnnxFiles.Beside(path);

    /// <inheritdoc/>
    internal override string Sha256Of(string path, FileHashes hashes) => OnnxFiles.Sha256Of(path, hashes);

    private OnnxReference ReferenceTo(string path, string? output) => new(path, output, Name, new OnnxShapes(Name, Input, Output, Way));
}
