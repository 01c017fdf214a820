namespace Evoke.Heads.Networks;

/// <summary>The authors' EmoBase: the mean, spread and deviation of each curve are predicted separately. The defaults are the authors'.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record EmoBaseHeadConfig() : RecurrentHeadConfig(KindName)
{
    internal const string KindName = "emobase";

    /// <inheritdoc/>
    protected override ReactionHead Build(InitialWeights initial) => new EmoBaseHead(this, initial);

    /// <inheritdoc/>
    protected override IEnumerable<ParameterSpec> DescribeParameters() =>
    [
        .. DescribeRecurrentParameters(),
        .. GatedBranch.Describe(1, JoinedWidth, Emotions),
        .. GatedBranch.Describe(2, JoinedWidth, Emotions),
        .. GatedBranch.Describe(3, JoinedWidth, Emotions),
    ];
}
