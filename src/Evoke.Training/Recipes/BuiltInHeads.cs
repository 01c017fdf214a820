using Evoke.Heads.Networks;

namespace Evoke.Training.Recipes;

/// <summary>How the heads that come with Evoke take their settings from a recipe.</summary>
internal static class BuiltInHeads
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TrainableHead> All { get; } =
    [
        TrainableHead.BuiltIn<GruHeadConfig>((head, _, config) => Recurrent(head, config)),
        TrainableHead.BuiltIn<EmoBaseHeadConfig>((head, _, config) => Recurrent(head, config)),
        TrainableHead.BuiltIn<TcnHeadConfig>((head, _, config) => config with
        {
            Stacks = head.Stacks,
            Levels = head.Levels,
            Channels = head.Channels,
            KernelSize = head.KernelSize,
            WeightNorm = head.WeightNorm,
            Dropout = head.Dropout,
            RegressionHidden = head.RegressionHidden,
            OutputScale = head.OutputScale,
        }),
        TrainableHead.BuiltIn<RidgeHeadConfig>((_, _, config) => config, isSolved: true),
        TrainableHead.BuiltIn<KernelRidgeHeadConfig>((head, inputs, config) => config with { Support = inputs.StepsUpTo(head.Support) }, isSolved: true),
    ];

    private static RecurrentHeadConfig Recurrent(HeadRecipe head, RecurrentHeadConfig config) => config with
    {
        VisualHidden = head.VisualHidden,
        AudioHidden = head.AudioHidden,
        Layers = head.Layers,
        Bidirectional = head.Bidirectional,
        Dropout = head.Dropout,
    };
}
