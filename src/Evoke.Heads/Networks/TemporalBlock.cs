using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>Two dilated causal convolutions with a residual connection (Bai et al., arXiv:1803.01271, figure 1b).</summary>
internal sealed class TemporalBlock : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "conv1")]
    private readonly CausalConvolution _first;

    [ComponentName(Name = "conv2")]
    private readonly CausalConvolution _second;

    [ComponentName(Name = "downsample")]
    private readonly CausalConvolution? _shortcut;

    private readonly DropoutSource _dropout;

    /// <summary>Creates a block.</summary>
    public TemporalBlock(InitialWeights initial, int inputs, int dilation, TcnHeadConfig config, DropoutSource dropout)
        : base(nameof(TemporalBlock))
    {
        _dropout = dropout;
        _first = new CausalConvolution(initial.Under("conv1"), inputs, config.Channels, config.KernelSize, dilation, config.WeightNorm);
        _second = new CausalConvolution(initial.Under("conv2"), config.Channels, config.Channels, config.KernelSize, dilation, config.WeightNorm);
        if (inputs != config.Channels)
        {
            _shortcut = new CausalConvolution(initial.Under("downsample"), inputs, config.Channels, kernelSize: 1, dilation: 1, weightNorm: false);
        }

        RegisterComponents();
    }

    /// <summary>The tensors of such a block, in the order of its state dict.</summary>
    public static IEnumerable<ParameterSpec> Describe(string prefix, int inputs, TcnHeadConfig config)
    {
        IEnumerable<ParameterSpec> shortcut = inputs == config.Channels
            ? []
            : CausalConvolution.Describe($"{prefix}.downsample", inputs, config.Channels, 1, weightNorm: false);
        return
        [
            .. CausalConvolution.Describe($"{prefix}.conv1", inputs, config.Channels, config.KernelSize, config.WeightNorm),
            .. CausalConvolution.Describe($"{prefix}.conv2", config.Channels, config.Channels, config.KernelSize, config.WeightNorm),
            .. shortcut,
        ];
    }

    /// <summary>[B, inputs, T] to [B, channels, T].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor hidden = Dropped(_first.forward(input).relu()); // [B, channels, T]
        hidden = Dropped(_second.forward(hidden).relu()); // [B, channels, T]
        Tensor passed = _shortcut is null ? input : _shortcut.forward(input); // [B, channels, T]
        return (hidden + passed).relu().MoveToOuterDisposeScope();
    }

    // [B, channels, T]
    private Tensor Dropped(Tensor values) => training ? _dropout.Drop(values) : values;
}
