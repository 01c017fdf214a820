using System.Text.Json.Serialization;

namespace Evoke.Heads.Networks;

/// <summary>The authors' EmoBase: the mean, spread and deviation of each curve are predicted separately. The defaults are the authors'.</summary>
public sealed record EmoBaseHeadConfig : RecurrentHeadConfig
{
    internal const string KindName = "emobase";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => KindName;

    private protected override ReactionHead Build(InitialWeights initial) => new EmoBaseHead(this, initial);

    private protected override IEnumerable<ParameterSpec> DescribeParameters() =>
    [
        .. DescribeRecurrentParameters(),
        .. GatedBranch.Describe(1, JoinedWidth, Emotions),
        .. GatedBranch.Describe(2, JoinedWidth, Emotions),
        .. GatedBranch.Describe(3, JoinedWidth, Emotions),
    ];
}
