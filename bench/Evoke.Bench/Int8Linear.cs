using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Evoke.Encoders.Networks.Attention;
using Evoke.Encoders.Networks.OneDnn;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Bench;

/// <summary>A linear layer in 8-bit whole numbers: weights with a scale for each output, inputs with one scale and zero for each call (dynamic quantisation).</summary>
/// <remarks>oneDNN's kernels, those that PyTorch's compiler emits. They need AVX512_VNNI to be fast.</remarks>
internal sealed unsafe class Int8Linear : IDisposable
{
    private const string ClassName = "Int8Linear";
    private const int Lanes = 16;
    private const int Chunks = 16;
    private const int HighestWeight = 127;
    private const int Levels = 255;

    private const string Methods =
        """
          def pack(self: __torch__.Int8Linear, w: Tensor) -> Tensor:
            return ops.onednn.qlinear_prepack(w, None)
          def linear(self: __torch__.Int8Linear, x: Tensor, s: Tensor, z: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor) -> Tensor:
            return ops.onednn.qlinear_pointwise(x, s, z, w, ws, wz, b, 1.0, 0, 15, "none", [], "")
          def linear_gelu(self: __torch__.Int8Linear, x: Tensor, s: Tensor, z: Tensor, w: Tensor, ws: Tensor, wz: Tensor, b: Tensor) -> Tensor:
            return ops.onednn.qlinear_pointwise(x, s, z, w, ws, wz, b, 1.0, 0, 15, "gelu", [], "none")
          def linear_add(self: __torch__.Int8Linear, x: Tensor, s: Tensor, z: Tensor, w: Tensor, ws: Tensor, wz: Tensor, o: Tensor, b: Tensor) -> Tensor:
            return ops.onednn.qlinear_pointwise(x, s, z, w, ws, wz, o, b, 1.0, 0, 15, 1.0, 0, "add", 1.0, "none", [], "")

        """;

    private static readonly Lazy<jit.ScriptModule> Module = new(() => jit.load(ScriptArchive.Create(ClassName, Methods)));

    private readonly Tensor _packed;
    private readonly Tensor _scales;
    private readonly Tensor _zeros;
    private readonly Tensor _bias;

    /// <summary>Quantises a layer.</summary>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs].</param>
    public Int8Linear(Tensor weight, Tensor bias)
    {
        using DisposeScope scope = NewDisposeScope();
        _scales = (weight.abs().amax([1]) / HighestWeight).DetachFromDisposeScope();
        _zeros = zeros(weight.shape[0], ScalarType.Int32).DetachFromDisposeScope();
        Tensor whole = (weight / _scales.unsqueeze(1)).round().to(ScalarType.Int8);
        _packed = Invoke("pack", whole).DetachFromDisposeScope();
        _bias = bias.to(ScalarType.Float32, copy: true).DetachFromDisposeScope();
    }

    /// <summary>[rows, inputs], bfloat16, to [rows, outputs], bfloat16; through GELU if asked for.</summary>
    public Tensor Forward(Tensor input, bool gelu)
    {
        (Tensor whole, Tensor scale, Tensor zero) = Quantise(input);
        return Invoke(gelu ? "linear_gelu" : "linear", whole, scale, zero, _packed, _scales, _zeros, _bias);
    }

    /// <summary>The same plus <paramref name="residual"/> [rows, outputs], bfloat16.</summary>
    public Tensor ForwardAdd(Tensor input, Tensor residual)
    {
        (Tensor whole, Tensor scale, Tensor zero) = Quantise(input);
        return Invoke("linear_add", whole, scale, zero, _packed, _scales, _zeros, residual, _bias);
    }

    public void Dispose()
    {
        _packed.Dispose();
        _scales.Dispose();
        _zeros.Dispose();
        _bias.Dispose();
    }

    /// <summary>value ≈ (whole - zero) * scale, whole in 0..255.</summary>
    internal static (Tensor Whole, Tensor Scale, Tensor Zero) Quantise(Tensor input)
    {
        int vectors = checked((int)(input.numel() / Lanes));
        Tensor whole = empty(input.shape, ScalarType.Byte);
        float* lowest = stackalloc float[Chunks], highest = stackalloc float[Chunks];
        (nint low, nint high) = ((nint)lowest, (nint)highest);
        fixed (byte* from = input.bytes, to = whole.bytes)
        {
            (nint source, nint target) = ((nint)from, (nint)to);
            OpenMpTeam.For(Chunks, (first, end) =>
            {
                for (int chunk = first; chunk < end; chunk++)
                {
                    Range((ushort*)source, Start(vectors, chunk), Start(vectors, chunk + 1), (float*)low + chunk, (float*)high + chunk);
                }
            });

            float least = Math.Min(0, new Span<float>(lowest, Chunks).ToArray().Min()), most = Math.Max(0, new Span<float>(highest, Chunks).ToArray().Max());
            float scale = Math.Max((most - least) / Levels, 1e-12f);
            int zero = (int)MathF.Round(-least / scale);
            OpenMpTeam.For(Chunks, (first, end) => Round((ushort*)source, (byte*)target, Start(vectors, first), Start(vectors, end), 1 / scale, zero));
            return (whole, tensor(scale), tensor(zero));
        }
    }

    private static int Start(int vectors, int chunk) => (int)((long)vectors * chunk / Chunks);

    private static void Range(ushort* values, int first, int end, float* lowest, float* highest)
    {
        Vector512<float> low = Vector512<float>.Zero, high = Vector512<float>.Zero;
        for (int i = first; i < end; i++)
        {
            Vector512<float> value = Read(values + ((long)i * Lanes));
            low = Avx512F.Min(low, value);
            high = Avx512F.Max(high, value);
        }

        *lowest = 0;
        *highest = 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            *lowest = Math.Min(*lowest, low[lane]);
            *highest = Math.Max(*highest, high[lane]);
        }
    }

    private static void Round(ushort* values, byte* whole, int first, int end, float factor, int zero)
    {
        Vector512<int> offset = Vector512.Create(zero);
        for (int i = first; i < end; i++)
        {
            Vector512<int> rounded = Avx512F.ConvertToVector512Int32(Read(values + ((long)i * Lanes)) * factor) + offset;
            Avx512F.ConvertToVector128ByteWithSaturation(Vector512.Max(rounded, Vector512<int>.Zero).AsUInt32()).Store(whole + ((long)i * Lanes));
        }
    }

    private static Vector512<float> Read(ushort* values) => (Avx512F.ConvertToVector512UInt32(Vector256.Load(values)) << 16).AsSingle();

    private static Tensor Invoke(string method, params object[] arguments) => (Tensor)Module.Value.invoke(method, arguments);
}
