using System.Collections.Immutable;
using Evoke.Encoders.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Tensors;

namespace Evoke.Encoders.Weights;

/// <summary>An image network: its published weights, its preprocessing, its features, and how it is built.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Backbone : PretrainedWeights
{
    private const string NormalisedSuffix = "-l2";

    /// <summary>What it is, for users: "Swin-L, ImageNet-22K, the paper's".</summary>
    public required string Title { get; init; }

    /// <summary>How a picture is preprocessed.</summary>
    public required PictureInput Picture { get; init; }

    /// <summary>True if its features are offered scaled to length 1 too, as the encoder <see cref="NormalisedName"/>.</summary>
    public bool HasNormalisedForm { get; init; }

    /// <summary>True if it runs in <see cref="Precision.Int8"/> too.</summary>
    public bool OffersInt8 { get; init; }

    /// <summary>Builds the network from weights, the weight file's name (for errors) and a placement.</summary>
    public required Func<IStateDict, string, NetworkPlacement, IFeatureNetwork> Load { get; init; }

    /// <summary>The name of the encoder whose features have length 1: a separate name, so that the name alone identifies it.</summary>
    public string NormalisedName => Name + NormalisedSuffix;

    /// <inheritdoc/>
    public override void ThrowIfUnfit(TensorFile file, string sourceName) =>
        Load(new TensorFileStateDict(file), sourceName, NetworkPlacement.Exact).Dispose();
}

/// <summary>The input that a network expects: RGB, (value in [0,1] - mean) / standard deviation for each channel.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Size">Width and height in pixels.</param>
/// <param name="Mean">Red, green, blue, in [0,1].</param>
/// <param name="StandardDeviation">Red, green, blue, in [0,1].</param>
public sealed record PictureInput(int Size, ImmutableArray<float> Mean, ImmutableArray<float> StandardDeviation)
{
    /// <summary>ImageNet's mean and standard deviation.</summary>
    /// <param name="size">Width and height in pixels.</param>
    public static PictureInput ImageNet(int size) => new(size, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>[-1, 1]: the networks that Google trained.</summary>
    /// <param name="size">Width and height in pixels.</param>
    public static PictureInput Symmetric(int size) => new(size, [0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]);
}
