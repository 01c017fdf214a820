using System.CommandLine;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Heads;
using Evoke.Heads.Models;
using Evoke.Heads.Reactions;
using Evoke.Kernels.Torch;

namespace Evoke.Cli.Options;

/// <summary>The options of verbs that run a model on features: which model, on which device.</summary>
internal sealed class ModelChoice
{
    private readonly Option<string> _device = SharedOptions.Device();

    /// <summary>The model: what <c>predict --model</c> takes, without a default.</summary>
    public Option<string> Model { get; } = new("--model")
    {
        Description = "A model file, or a built-in model: 'affect' (arousal, pace, motion, loudness) or 'pitch-valence'.",
        HelpName = "NAME|FILE",
    };

    /// <summary>Declares the options on a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(Model);
        verb.Add(_device);
        verb.Needs(_device, Model);
    }

    /// <summary>Loads the model.</summary>
    /// <exception cref="WrongUseException">A device was given for a model without a network.</exception>
    public IReactionModel Load(VerbContext context)
    {
        string name = context.GetRequired(Model);
        if (ReactionModels.BuiltIn.Contains(name) && context.IsGiven(_device))
        {
            throw new WrongUseException($"{_device.Name} has no effect: {name} has no network.");
        }

        ComputeDevice device = ComputeDevice.Parse(context.GetRequired(_device));
        IReactionModel model = ReactionModels.Load(name, new HeadModelOptions { Device = device, Heads = context.Catalog.ModelHeads });
        context.Detail($"model: {model.Summary}");
        return model;
    }
}
