namespace Evoke.Heads.Networks;

/// <summary>Ridge regression (Hoerl and Kennard, 1970) from the numbers of a step to its curves. It is solved, not trained by gradients.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RidgeHeadConfig() : HeadConfig(KindName)
{
    internal const string KindName = "ridge";

    /// <inheritdoc/>
    protected override ReactionHead Build(InitialWeights initial) => new RidgeHead(this, initial);

    /// <inheritdoc/>
    protected override IEnumerable<ParameterSpec> DescribeParameters() =>
    [
        new ParameterSpec(RidgeHead.SlopesName, Emotions, VisualWidth + AudioWidth),
        new ParameterSpec(RidgeHead.BiasName, Emotions),
    ];

    /// <inheritdoc/>
    protected override void FindMistakes(List<string> mistakes)
    {
        // The widths are checked for every head.
    }
}
