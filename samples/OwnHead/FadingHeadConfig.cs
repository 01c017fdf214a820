using Evoke.Heads.Networks;
using Evoke.Training.Recipes;

namespace OwnHead;

/// <summary>A linear head that sees each step and a fading memory of the steps before it.</summary>
public sealed record FadingHeadConfig() : HeadConfig("fading")
{
    internal const string OutputName = "output";
    internal const string DecayName = "decay";

    /// <summary>After how many steps half of the memory is gone, before training changes it.</summary>
    [RecipeKey("half_life", Minimum = 0, MinimumExcluded = true, Maximum = 1000)]
    public double HalfLife { get; init; } = 5;

    /// <summary>Share of the inputs that is set to 0 in training.</summary>
    public double Dropout { get; init; }

    /// <summary>Values per step: picture and sound as they are, and their memory.</summary>
    internal int InputWidth => 2 * (VisualWidth + AudioWidth);

    protected override ReactionHead Build(InitialWeights initial) => new FadingHead(this, initial);

    protected override IEnumerable<ParameterSpec> DescribeParameters() =>
        [new ParameterSpec(DecayName, 1), .. FullyConnectedLayer.Describe(OutputName, InputWidth, Emotions)];

    protected override void FindMistakes(List<string> mistakes)
    {
        if (!(HalfLife > 0))
        {
            mistakes.Add(FormattableString.Invariant($"the half-life must be above 0 steps; found {HalfLife}"));
        }
    }
}
