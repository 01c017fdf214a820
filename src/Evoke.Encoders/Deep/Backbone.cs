using System.Collections.Immutable;
using Evoke.Encoders.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;

namespace Evoke.Encoders.Deep;

/// <summary>A network that sees, and how its pictures are made ready.</summary>
public sealed record Backbone
{
    /// <summary>The encoder's name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The name under which the registry has its weights.</summary>
    public required string WeightsName { get; init; }

    /// <summary>Side in pixels of its square input.</summary>
    public required int InputSide { get; init; }

    /// <summary>Red, green, blue: what is taken off values in [0,1].</summary>
    public required ImmutableArray<float> Mean { get; init; }

    /// <summary>Red, green, blue: what the rest is divided by.</summary>
    public required ImmutableArray<float> Deviation { get; init; }

    /// <summary>Numbers per frame.</summary>
    public required int FeatureWidth { get; init; }

    /// <summary>True to scale each feature to length 1.</summary>
    public bool NormalisesFeatures { get; init; }

    /// <summary>True if it runs in <see cref="Precision.Int8"/> too.</summary>
    public bool OffersInt8 { get; init; }

    /// <summary>Builds the network from weights, the weight file's name (for errors) and a placement.</summary>
    public required Func<IStateDict, string, NetworkPlacement, IFeatureNetwork> Load { get; init; }
}
