using Evoke.Heads.Networks;
using Evoke.Training.Losses;
using Evoke.Training.Optimizers;
using Evoke.Training.Recipes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evoke.Training.Epochs;

/// <summary>
/// The losses that compare picture with sound, and the weights that only they need: a projection per modality, the instance classifier and the scale.
/// </summary>
/// <remarks>These weights are stored in checkpoints but not in the model.</remarks>
internal sealed class CrossModalTerms : nn.Module
{
    /// <summary>Prefix of the names of these weights; no head has a module of that name.</summary>
    public const string Prefix = "cross_modal";

    private readonly LossRecipe _recipe;
    private readonly FullyConnectedLayer _visual;
    private readonly FullyConnectedLayer _audio;
    private readonly Parameter _logScale;
    private readonly Parameter? _classifier;

    /// <summary>Creates the terms.</summary>
    /// <param name="initial">Their first weights.</param>
    /// <param name="recipe">Which terms to use, with which weights.</param>
    /// <param name="visualStates">Width of the head's visual states.</param>
    /// <param name="audioStates">Width of its audio states.</param>
    /// <param name="videos">Videos in the training set.</param>
    public CrossModalTerms(InitialWeights initial, LossRecipe recipe, int visualStates, int audioStates, int videos)
        : base(nameof(CrossModalTerms))
    {
        _recipe = recipe;
        _visual = new FullyConnectedLayer(initial.Under("visual"), visualStates, recipe.Embedding);
        _audio = new FullyConnectedLayer(initial.Under("audio"), audioStates, recipe.Embedding);
        register_module("visual", _visual);
        register_module("audio", _audio);
        _logScale = nn.Parameter(tensor((float)ClipLoss.InitialLogScale));
        register_parameter("log_scale", _logScale);
        if (recipe.InstanceWeight > 0)
        {
            _classifier = initial.Uniform("classifier", recipe.Embedding, videos, recipe.Embedding);
            register_parameter("classifier", _classifier);
        }
    }

    /// <summary>The terms that a recipe asks for; null if it asks for none.</summary>
    public static CrossModalTerms? Create(InitialWeights initial, LossRecipe recipe, HeadConfig head, int videos)
    {
        if (recipe is { ClipWeight: 0, InstanceWeight: 0 })
        {
            return null;
        }

        StateWidths widths = head.FindStateWidths() is { Visual: > 0, Audio: > 0 } found ? found : throw new RecipeException(
            "for this head", [$"loss.clip_weight and loss.instance_weight need the states of picture and sound, which the {head.Kind} head does not give."]);
        return new CrossModalTerms(initial, recipe, widths.Visual, widths.Audio, videos);
    }

    /// <summary>The weights, under names that no head uses.</summary>
    public IEnumerable<NamedParameter> Weights => named_parameters().Select(p => new NamedParameter($"{Prefix}.{p.name}", p.parameter));

    /// <summary>The weighted sum of the terms.</summary>
    /// <param name="output">The head's output for a batch.</param>
    /// <param name="videos">Which video each clip is from: [B], int64.</param>
    public Tensor Forward(HeadOutput output, Tensor videos)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor visual = _visual.forward(StatesOf(output.VisualStates).to_type(ScalarType.Float32).mean([1])); // [B, D]
        Tensor audio = _audio.forward(StatesOf(output.AudioStates).to_type(ScalarType.Float32).mean([1])); // [B, D]
        Tensor sum = zeros([], device: visual.device);
        if (_recipe.ClipWeight > 0)
        {
            sum += _recipe.ClipWeight * ClipLoss.Forward(visual, audio, _logScale);
        }

        if (_classifier is not null)
        {
            sum += _recipe.InstanceWeight * InstanceLoss.Forward(visual, audio, _classifier, videos);
        }

        return sum.MoveToOuterDisposeScope();
    }

    private static Tensor StatesOf(Tensor? states) => states ?? throw new InvalidOperationException("The head says how wide its states are, but gave none.");

    /// <summary>Everything is registered by its name in the constructor.</summary>
    protected override void RegisterComponents()
    {
    }
}
