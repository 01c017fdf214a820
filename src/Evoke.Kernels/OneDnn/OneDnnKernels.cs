using System.Runtime.InteropServices;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.OneDnn;

/// <summary>oneDNN's linear layers and convolutions on weights packed once, with activation and addition fused into them.</summary>
/// <remarks>
/// libtorch's own float32 matrix product uses MKL, which gives processors that are not Intel's less than half of what oneDNN gives
/// them; in bfloat16 packing and fusing save a sixth. These are the operators that PyTorch's own compiler emits on the CPU.
/// </remarks>
internal static class OneDnnKernels
{
    private const string ClassName = "OneDnn";

    private const string Methods =
        """
          def pack_linear(self: __torch__.OneDnn, w: Tensor) -> Tensor:
            return ops.mkldnn._reorder_linear_weight(w)
          def linear(self: __torch__.OneDnn, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            return ops.mkldnn._linear_pointwise(x, w, b, "none", [], "")
          def linear_relu(self: __torch__.OneDnn, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            return ops.mkldnn._linear_pointwise(x, w, b, "relu", [], "")
          def linear_gelu(self: __torch__.OneDnn, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            return ops.mkldnn._linear_pointwise(x, w, b, "gelu", [], "none")
          def linear_add(self: __torch__.OneDnn, x: Tensor, w: Tensor, b: Optional[Tensor], other: Tensor) -> Tensor:
            return ops.mkldnn._linear_pointwise(x, other, w, b, "add")
          def pack_convolution(self: __torch__.OneDnn, w: Tensor, ph: int, pw: int, s: int, g: int) -> Tensor:
            return ops.mkldnn._reorder_convolution_weight(w, [ph, pw], [s, s], [1, 1], g)
          def convolution(self: __torch__.OneDnn, x: Tensor, w: Tensor, b: Tensor, ph: int, pw: int, s: int, g: int) -> Tensor:
            return ops.mkldnn._convolution_pointwise(x, w, b, [ph, pw], [s, s], [1, 1], g, "none", [], "")
          def convolution_relu(self: __torch__.OneDnn, x: Tensor, w: Tensor, b: Tensor, ph: int, pw: int, s: int, g: int) -> Tensor:
            return ops.mkldnn._convolution_pointwise(x, w, b, [ph, pw], [s, s], [1, 1], g, "relu", [], "")

        """;

    private static readonly Lazy<jit.ScriptModule> Module = new(() => ScriptArchive.Load(ClassName, Methods));
    private static readonly Lazy<bool> Float32Works = new(() => Probe(ScalarType.Float32));
    private static readonly Lazy<bool> BFloat16Works = new(() => Probe(ScalarType.BFloat16));

    /// <summary>True if this libtorch and this processor run the kernels in <paramref name="type"/>.</summary>
    public static bool Support(ScalarType type) => type switch
    {
        ScalarType.Float32 => Float32Works.Value,
        ScalarType.BFloat16 => BFloat16Works.Value,
        _ => false,
    };

    /// <summary>[out, in] to oneDNN's own layout; the caller owns the result.</summary>
    public static Tensor PackLinear(Tensor weight) => Module.Value.CallMethod("pack_linear", weight);

    /// <summary>act(x W^T + b): [..., in] to [..., out].</summary>
    public static Tensor Linear(Tensor input, Tensor packedWeight, Tensor bias, Activation activation) =>
        Module.Value.CallMethod(
            activation switch
            {
                Activation.None => "linear",
                Activation.Relu => "linear_relu",
                Activation.Gelu => "linear_gelu",
                _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation."),
            },
            input,
            packedWeight,
            bias);

    /// <summary>x W^T + b + other: [..., in] to [..., out].</summary>
    public static Tensor LinearAdd(Tensor input, Tensor packedWeight, Tensor bias, Tensor other) =>
        Module.Value.CallMethod("linear_add", input, packedWeight, bias, other);

    /// <summary>[out, in/groups, kh, kw] to oneDNN's own layout; the caller owns the result.</summary>
    public static Tensor PackConvolution(Tensor weight, ConvolutionShape shape) =>
        Module.Value.CallMethod("pack_convolution", weight, shape.PaddingHeight, shape.PaddingWidth, shape.Stride, shape.Groups);

    /// <summary>act(conv(x) + b): [B, in, H, W] to [B, out, H', W'], channels last.</summary>
    public static Tensor Convolution(Tensor input, Tensor packedWeight, Tensor bias, ConvolutionShape shape, Activation activation) =>
        Module.Value.CallMethod(
            activation switch
            {
                Activation.None => "convolution",
                Activation.Relu => "convolution_relu",
                _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "A convolution can fuse only ReLU."),
            },
            input,
            packedWeight,
            bias,
            shape.PaddingHeight,
            shape.PaddingWidth,
            shape.Stride,
            shape.Groups);

    // Not every build of libtorch has oneDNN, and not every processor its bfloat16: a tiny layer is tried.
    private static bool Probe(ScalarType type)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        try
        {
            Tensor one = ones([1, 1], type);
            Tensor sum = LinearAdd(one, PackLinear(one), ones([1], type), one);
            return sum.to(ScalarType.Float32).item<float>() == 3;
        }
        catch (ExternalException)
        {
            return false;
        }
    }
}
