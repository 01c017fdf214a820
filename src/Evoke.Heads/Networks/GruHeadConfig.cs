using System.Text.Json.Serialization;

namespace Evoke.Heads.Networks;

/// <summary>The paper's head (section 3.1). The defaults are the paper's: with 1536 + 128 inputs and 15 emotions it has 13,176,063 parameters.</summary>
public sealed record GruHeadConfig : RecurrentHeadConfig
{
    internal const string KindName = "gru";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => KindName;

    private protected override ReactionHead Build(InitialWeights initial) => new GruHead(this, initial);

    private protected override IEnumerable<ParameterSpec> DescribeParameters() =>
    [
        .. DescribeRecurrentParameters(),
        .. ContextGate.Describe("contextGate1", JoinedWidth),
        .. FullyConnectedLayer.Describe("linear", JoinedWidth, Emotions),
        .. ContextGate.Describe("contextGate2", Emotions),
    ];
}
