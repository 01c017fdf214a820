namespace Evoke.Heads.Networks;

/// <summary>The paper's head (section 3.1). The defaults are the paper's: with 1536 + 128 inputs and 15 emotions it has 13,176,063 parameters.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record GruHeadConfig() : RecurrentHeadConfig(KindName)
{
    internal const string KindName = "gru";

    /// <inheritdoc/>
    protected override ReactionHead Build(InitialWeights initial) => new GruHead(this, initial);

    /// <inheritdoc/>
    protected override IEnumerable<ParameterSpec> DescribeParameters() =>
    [
        .. DescribeRecurrentParameters(),
        .. ContextGate.Describe("contextGate1", JoinedWidth),
        .. FullyConnectedLayer.Describe("linear", JoinedWidth, Emotions),
        .. ContextGate.Describe("contextGate2", Emotions),
    ];
}
