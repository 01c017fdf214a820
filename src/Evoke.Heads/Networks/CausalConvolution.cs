using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>A convolution over the present step and those before it, in the arithmetic of its input.</summary>
internal sealed class CausalConvolution : nn.Module<Tensor, Tensor>
{
    private readonly long _dilation;
    private readonly long _padding;
    private readonly Parameter _bias;
    private readonly Parameter _weight; // [out, in, kernel]: the filters, or with weight norm their directions
    private readonly Parameter? _length; // [out, 1, 1]: with weight norm the filters' lengths

    /// <summary>Creates the convolution.</summary>
    public CausalConvolution(InitialWeights initial, int inputs, int outputs, int kernelSize, int dilation, bool weightNorm)
        : base(nameof(CausalConvolution))
    {
        _dilation = dilation;
        _padding = (long)(kernelSize - 1) * dilation;
        long seen = (long)inputs * kernelSize;
        _weight = initial.Uniform("weight", seen, outputs, inputs, kernelSize);
        _bias = initial.Uniform("bias", seen, outputs);
        register_parameter("bias", _bias);
        if (weightNorm)
        {
            using Tensor length = LengthOf(_weight);
            _length = nn.Parameter(length.detach().clone());
            register_parameter("weight_g", _length);
            register_parameter("weight_v", _weight);
        }
        else
        {
            register_parameter("weight", _weight);
        }
    }

    /// <summary>The tensors of such a convolution, in the order of its state dict.</summary>
    public static IEnumerable<ParameterSpec> Describe(string prefix, int inputs, int outputs, int kernelSize, bool weightNorm)
    {
        yield return new ParameterSpec($"{prefix}.bias", outputs);
        if (weightNorm)
        {
            yield return new ParameterSpec($"{prefix}.weight_g", outputs, 1, 1);
            yield return new ParameterSpec($"{prefix}.weight_v", outputs, inputs, kernelSize);
        }
        else
        {
            yield return new ParameterSpec($"{prefix}.weight", outputs, inputs, kernelSize);
        }
    }

    /// <summary>[B, inputs, T] to [B, outputs, T].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor filters = _length is null ? _weight : _weight * (_length / LengthOf(_weight));
        Tensor padded = nn.functional.pad(input, [_padding, 0]); // [B, inputs, padding + T]
        return nn.functional.conv1d(padded, filters.to(input.dtype), _bias.to(input.dtype), dilation: _dilation).MoveToOuterDisposeScope();
    }

    /// <summary>Everything is registered by its name in the constructor.</summary>
    protected override void RegisterComponents()
    {
    }

    private static Tensor LengthOf(Tensor filters) => filters.square().sum([1, 2], keepdim: true).sqrt();
}
