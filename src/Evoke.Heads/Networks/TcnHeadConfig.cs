using System.Text.Json.Serialization;

namespace Evoke.Heads.Networks;

/// <summary>The temporal convolution network of SML, the winners of the challenge. The defaults are theirs.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record TcnHeadConfig() : HeadConfig(KindName)
{
    internal const string KindName = "tcn";

    /// <summary>Networks of <see cref="Levels"/> blocks, one after the other.</summary>
    public int Stacks { get; init; } = 2;

    /// <summary>Residual blocks of a stack; block i is dilated by 2^i steps.</summary>
    public int Levels { get; init; } = 4;

    /// <summary>Channels of the network.</summary>
    public int Channels { get; init; } = 512;

    /// <summary>Steps covered by one convolution: the present one and those before it.</summary>
    public int KernelSize { get; init; } = 3;

    /// <summary>True to learn the length and the direction of each filter separately (Salimans and Kingma, arXiv:1602.07868).</summary>
    public bool WeightNorm { get; init; }

    /// <summary>Share of the numbers after each convolution that is set to 0 in training, in [0, 1).</summary>
    public double Dropout { get; init; }

    /// <summary>Hidden units of the final regression.</summary>
    public int RegressionHidden { get; init; } = 128;

    /// <summary>Factor from the network's output to the curves. SML train on ten times the labels: 0.1 keeps the network as theirs and the curves in the
    /// labels' range.</summary>
    public double OutputScale { get; init; } = 0.1;

    /// <summary>How many steps before the present one a prediction can see.</summary>
    [JsonIgnore]
    public long StepsSeenBefore => 2L * Stacks * (KernelSize - 1) * ((1L << Levels) - 1);

    /// <inheritdoc/>
    public override StateWidths? FindStateWidths() => new(VisualWidth == 0 ? 0 : Channels, AudioWidth == 0 ? 0 : Channels);

    /// <inheritdoc/>
    protected override ReactionHead Build(InitialWeights initial) => new TcnHead(this, initial);

    /// <inheritdoc/>
    protected override IEnumerable<ParameterSpec> DescribeParameters()
    {
        IEnumerable<ParameterSpec> visual = VisualWidth == 0 ? [] : TcnBranch.Describe(TcnHead.VisualName, VisualWidth, this);
        IEnumerable<ParameterSpec> audio = AudioWidth == 0 ? [] : TcnBranch.Describe(TcnHead.AudioName, AudioWidth, this);
        IEnumerable<ParameterSpec> fusion = TcnHead.Fuses(this) ? [new ParameterSpec(TcnHead.FusionName, 2)] : [];
        return fusion.Concat(visual).Concat(audio);
    }

    /// <inheritdoc/>
    protected override void FindMistakes(List<string> mistakes)
    {
        RequireAtLeastOne(mistakes, "the number of stacks", Stacks);
        RequireAtLeastOne(mistakes, "the number of levels", Levels);
        RequireAtLeastOne(mistakes, "the number of channels", Channels);
        RequireAtLeastOne(mistakes, "the kernel size", KernelSize);
        RequireAtLeastOne(mistakes, "the number of hidden units of the regression", RegressionHidden);
        RequireDropout(mistakes, Dropout);
        if (Levels > 20)
        {
            mistakes.Add($"at most 20 levels are allowed, which look back a million steps; found {Levels}");
        }

        if (!double.IsFinite(OutputScale) || OutputScale == 0)
        {
            mistakes.Add(
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture, $"the output scale must be a finite number other than 0; found {OutputScale}"));
        }
    }
}
