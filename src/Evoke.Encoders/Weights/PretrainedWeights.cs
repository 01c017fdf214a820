using System.Collections.Immutable;
using Evoke.Files;
using Evoke.Kernels.Parameters;
using Evoke.Tensors;
using Evoke.Tensors.AnyFormat;

namespace Evoke.Encoders.Weights;

/// <summary>
/// What is known about one set of published weights: a <see cref="Backbone"/> for pictures, <see cref="SoundWeights"/>, or the ONNX file of a preset.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract record PretrainedWeights
{
    /// <summary>The encoder's name on the command line: "swin-l".</summary>
    public required string Name { get; init; }

    /// <summary>The address that the authors publish; null where none of a file that Evoke can read is known, so that users export and import one.</summary>
    public required Uri? Address { get; init; }

    /// <summary>Other addresses of the same bytes, tried in order when the authors' does not answer.</summary>
    public ImmutableArray<Uri> Mirrors { get; init; } = [];

    /// <summary>Size of the file in bytes, where known exactly.</summary>
    public long? Bytes { get; init; }

    /// <summary>Approximate size of the file in bytes, for progress displays.</summary>
    public required long ApproximateBytes { get; init; }

    /// <summary>The SHA-256 of the file in lower-case hex, or as many of its first digits as the authors publish; null where they publish none.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Licence of the weights' publisher, as an SPDX identifier.</summary>
    public required string Licence { get; init; }

    /// <summary>What the network was trained on.</summary>
    public required string TrainedOn { get; init; }

    /// <summary>The work to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>How the published file is laid out; null for an ONNX file.</summary>
    public required TensorFileFormat? Format { get; init; }

    /// <summary>Length of a feature vector; 0 for weights that are not a network (VGGish's PCA).</summary>
    public required int FeatureWidth { get; init; }

    /// <summary>True if nobody who works on Evoke has run it with its real weights.</summary>
    public bool IsUntested { get; init; }

    /// <summary>Name of the published file, or of an imported one where none is published.</summary>
    public string FileName => Address?.Segments[^1] ?? $"{Name}.onnx";

    /// <summary>Refuses a file whose tensors are not weights of this network, of any training. Builds the network, so it may take seconds.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="sourceName">What errors call it.</param>
    /// <exception cref="WeightsMismatchException">Its tensors have other names or shapes; the message lists them.</exception>
    /// <exception cref="RepeatedWeightsException">It has the network more than once.</exception>
    /// <exception cref="TensorFileException">It is damaged.</exception>
    public abstract void ThrowIfUnfit(TensorFile file, string sourceName);

    /// <summary>True if a file's hash is, or begins with, the published one; null where none is published.</summary>
    /// <param name="sha256">The file's SHA-256 in lower-case hex.</param>
    public bool? IsOfficial(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return Sha256 is null ? null : sha256.StartsWith(Sha256, StringComparison.Ordinal);
    }

    /// <summary>How users without the weights get them, for messages: whole sentences.</summary>
    internal virtual string WayToGet =>
        $"'evoke models pull {Name}' downloads them from {Address?.Host}; 'evoke models import FILE {Name}' imports a file that you have.";

    /// <summary>Refuses a file that is cut off or damaged, without building the network.</summary>
    internal virtual void ThrowIfDamaged(string path) => WeightFile.Open(path).Dispose();

    /// <summary>Refuses a file that is not of this network, see <see cref="ThrowIfUnfit"/>, and returns the extension of such files.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sourceName">What errors call it.</param>
    internal virtual string CheckedExtensionOf(string path, string sourceName)
    {
        using TensorFile file = WeightFile.Open(path);
        ThrowIfUnfit(file, sourceName);
        return file.Format switch
        {
            TensorFileFormat.SafeTensors => ".safetensors",
            TensorFileFormat.NumpyZip => ".npz",
            TensorFileFormat.NumpyArray => ".npy",
            _ => ".pth",
        };
    }

    /// <summary>Names of the other files in which a file keeps weights, relative to its folder.</summary>
    internal virtual IReadOnlyList<string> FilesBeside(string path) => [];

    /// <summary>The SHA-256 that features carry: of the file, and of those beside it.</summary>
    internal virtual string Sha256Of(string path, FileHashes hashes) => hashes.Sha256Of(path);
}
