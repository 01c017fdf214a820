using Evoke.Kernels.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>A linear layer in the arithmetic of its input, whatever type its weights are kept in.</summary>
internal static class LinearLayer
{
    /// <summary>x W^T + b, with W and b cast to the type of the input.</summary>
    public static Tensor Apply(Linear layer, Tensor input)
    {
        if (input.device_type == DeviceType.CPU && layer.bias is not null && MatrixProducts.AreOneDnns(input.dtype, input.numel() / input.shape[^1], input.shape[^1], layer.weight.shape[0]))
        {
            return OneDnnLinearFunction.Run(input, layer.weight, layer.bias);
        }

        using Tensor weight = layer.weight.to(input.dtype);
        using Tensor? bias = layer.bias?.to(input.dtype);
        return nn.functional.linear(input, weight, bias);
    }

    /// <summary>The tensors of such a layer, in the order of its state dict.</summary>
    public static IEnumerable<ParameterSpec> Describe(string name, int inputs, int outputs, bool bias = true)
    {
        yield return new ParameterSpec($"{name}.weight", outputs, inputs);
        if (bias)
        {
            yield return new ParameterSpec($"{name}.bias", outputs);
        }
    }
}
