using System.Runtime.InteropServices;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Kernels.OneDnn;

/// <summary>oneDNN's linear layers in 8-bit whole numbers, on weights packed once, with activation and addition fused into them.</summary>
/// <remarks>
/// Products of 8-bit numbers are summed in 32 bits, so that only the rounding of weights and inputs is lost. The operators are those that
/// PyTorch's own compiler emits on the CPU.
/// </remarks>
internal static class OneDnnInt8Kernels
{
    private const string ClassName = "OneDnnInt8";

    private const string Methods =
    """
      def pack(self: __torch__.OneDnnInt8, w: Tensor) -> Tensor:
        return ops.onednn.qlinear_prepack(w, None)
      def linear(self: __torch__.OneDnnInt8, x: Tensor, s: Tensor, z: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor, t: int) -> Tensor:
        return ops.onednn.qlinear_pointwise(x, s, z, w, ws, wz, b, 1.0, 0, t, "none", [], "")
      def linear_relu(self: __torch__.OneDnnInt8, x: Tensor, s: Tensor, z: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor, t: int) -> Tensor:
        return ops.onednn.qlinear_pointwise(x, s, z, w, ws, wz, b, 1.0, 0, t, "relu", [], "")
      def linear_gelu(self: __torch__.OneDnnInt8, x: Tensor, s: Tensor, z: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor, t: int) -> Tensor:
        return ops.onednn.qlinear_pointwise(x, s, z, w, ws, wz, b, 1.0, 0, t, "gelu", [], "none")
      def linear_add(self: __torch__.OneDnnInt8, x: Tensor, s: Tensor, z: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor, t: int, o: Tensor) -> Tensor:
        return ops.onednn.qlinear_pointwise(x, s, z, w, ws, wz, o, b, 1.0, 0, t, 1.0, 0, "add", 1.0, "none", [], "")

    """;

    private static readonly Lazy<jit.ScriptModule> Module = new(() => ScriptArchive.Load(ClassName, Methods));
    private static readonly Lazy<bool> Works = new(Probe);

    /// <summary>Checks that this processor has the instructions that make the kernels exact and fast, and that this libtorch has the kernels.</summary>
    /// <exception cref="PrecisionException">It does not; the message says what to use.</exception>
    public static void ThrowIfUnsupported(ComputeDevice device)
    {
        PrecisionNames.ThrowIfNoInt8(device, CpuFeatures.Current);
        if (!Works.Value)
        {
            throw new PrecisionException("This build of libtorch has no int8 kernels; use bfloat16 or float32.");
        }
    }

    /// <summary>[out, in] of 8-bit whole numbers to oneDNN's own layout; the caller owns the result.</summary>
    public static Tensor Pack(Tensor weight) => Module.Value.CallMethod("pack", weight);

    /// <summary>act(x W^T + b): [rows, in] to [rows, out] of <paramref name="type"/>.</summary>
    public static Tensor Linear(QuantisedTensor input, PackedInt8Weight weight, Tensor bias, ScalarType type, Activation activation) =>
        Module.Value.CallMethod(
            activation switch
            {
                Activation.None => "linear",
                Activation.Relu => "linear_relu",
                Activation.Gelu => "linear_gelu",
                _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation."),
            },
            input.Whole,
            input.Scale,
            input.Zero,
            weight.Packed,
            weight.Scales,
            weight.Zeros,
            bias,
            (long)type);

    /// <summary>x W^T + b + other: [rows, in] to [rows, out] of the type of <paramref name="other"/>.</summary>
    public static Tensor LinearAdd(QuantisedTensor input, PackedInt8Weight weight, Tensor bias, Tensor other) =>
        Module.Value.CallMethod("linear_add", input.Whole, input.Scale, input.Zero, weight.Packed, weight.Scales, weight.Zeros, bias, (long)other.dtype, other);

    // Not every build of libtorch has these operators: loading the module shows it.
    private static bool Probe()
    {
        try
        {
            return Module.Value is not null;
        }
        catch (ExternalException)
        {
            return false;
        }
    }
}
