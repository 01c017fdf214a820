namespace Evoke.Heads.Networks;

/// <summary>Kernel ridge regression with a Gaussian kernel (Saunders, Gammerman and Vovk, 1998) from the numbers of a step to its curves. It is solved, not
/// trained by gradients.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record KernelRidgeHeadConfig() : HeadConfig(KindName)
{
    internal const string KindName = "kernel_ridge";

    /// <summary>Number of training steps that are kept, at least 1.</summary>
    public required int Support { get; init; }

    /// <inheritdoc/>
    protected override ReactionHead Build(InitialWeights initial) => new KernelRidgeHead(this, initial);

    /// <inheritdoc/>
    protected override IEnumerable<ParameterSpec> DescribeParameters() =>
    [
        new ParameterSpec(KernelRidgeHead.SupportName, Support, VisualWidth + AudioWidth),
        new ParameterSpec(KernelRidgeHead.CoefficientsName, Support, Emotions),
        new ParameterSpec(KernelRidgeHead.BiasName, Emotions),
        new ParameterSpec(KernelRidgeHead.WidthName, 1),
    ];

    /// <inheritdoc/>
    protected override void FindMistakes(List<string> mistakes) => RequireAtLeastOne(mistakes, "the number of support steps", Support);
}
