using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>SML's network of one modality: stacks of dilated causal blocks, then Linear, ReLU, Linear, without bias.</summary>
internal sealed class TcnBranch : nn.Module<Tensor, Tensor>
{
    private readonly TemporalBlock[] _blocks;
    private readonly FullyConnectedLayer _hidden;
    private readonly FullyConnectedLayer _output;

    /// <summary>Creates the network.</summary>
    public TcnBranch(InitialWeights initial, int inputs, TcnHeadConfig config, DropoutSource dropout)
        : base(nameof(TcnBranch))
    {
        ModuleList<nn.Module> temporal = [];
        List<TemporalBlock> blocks = [];
        for (int stack = 0; stack < config.Stacks; stack++)
        {
            InitialWeights ofStack = initial.Under(string.Create(CultureInfo.InvariantCulture, $"temporal.{stack}"));
            temporal.Add(BuildStack(ofStack, stack == 0 ? inputs : config.Channels, config, dropout, blocks));
        }

        _blocks = [.. blocks];
        register_module("temporal", temporal);
        _hidden = new FullyConnectedLayer(initial.Under("regression.0"), config.Channels, config.RegressionHidden, hasBias: false);
        _output = new FullyConnectedLayer(initial.Under("regression.2"), config.RegressionHidden, config.Emotions, hasBias: false);
        register_module("regression", nn.Sequential(("0", _hidden), ("2", _output)));
    }

    /// <summary>The tensors of such a network, in the order of its state dict.</summary>
    public static IEnumerable<ParameterSpec> Describe(string prefix, int inputs, TcnHeadConfig config)
    {
        for (int stack = 0; stack < config.Stacks; stack++)
        {
            for (int level = 0; level < config.Levels; level++)
            {
                int width = stack == 0 && level == 0 ? inputs : config.Channels;
                string name = string.Create(CultureInfo.InvariantCulture, $"{prefix}.temporal.{stack}.network.{level}");
                foreach (ParameterSpec spec in TemporalBlock.Describe(name, width, config))
                {
                    yield return spec;
                }
            }
        }

        yield return new ParameterSpec($"{prefix}.regression.0.weight", config.RegressionHidden, config.Channels);
        yield return new ParameterSpec($"{prefix}.regression.2.weight", config.Emotions, config.RegressionHidden);
    }

    /// <summary>[B, T, inputs] to states [B, T, channels].</summary>
    public Tensor Encode(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor states = input.transpose(1, 2); // [B, inputs, T]
        foreach (TemporalBlock block in _blocks)
        {
            states = block.forward(states); // [B, channels, T]
        }

        return states.transpose(1, 2).MoveToOuterDisposeScope(); // [B, T, channels]
    }

    /// <summary>States [B, T, channels] to one number per emotion, [B, T, E], float32.</summary>
    public Tensor Regress(Tensor states)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor hidden = _hidden.forward(states).relu().to(ScalarType.Float32); // [B, T, hidden]
        return _output.forward(hidden).MoveToOuterDisposeScope(); // [B, T, E]
    }

    /// <summary>[B, T, inputs] to [B, T, E], float32.</summary>
    public override Tensor forward(Tensor input)
    {
        using Tensor states = Encode(input);
        return Regress(states);
    }

    /// <summary>Everything is registered by its name in the constructor.</summary>
    protected override void RegisterComponents()
    {
    }

    private static ModuleDict<nn.Module> BuildStack(InitialWeights initial, int inputs, TcnHeadConfig config, DropoutSource dropout, List<TemporalBlock> blocks)
    {
        ModuleList<nn.Module> network = [];
        for (int level = 0; level < config.Levels; level++)
        {
            InitialWeights ofBlock = initial.Under(string.Create(CultureInfo.InvariantCulture, $"network.{level}"));
            TemporalBlock block = new(ofBlock, level == 0 ? inputs : config.Channels, 1 << level, config, dropout);
            network.Add(block);
            blocks.Add(block);
        }

        return new ModuleDict<nn.Module> { { "network", network } };
    }
}
