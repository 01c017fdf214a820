using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Evoke.Tensors;

/// <summary>Stored elements to numbers and back, vectorised. Spans of bytes may lie at any address.</summary>
internal static class ElementConversion
{
    public static void ToSingle(DType type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        switch (type)
        {
            case DType.F32:
                bytes.CopyTo(MemoryMarshal.AsBytes(values));
                break;
            case DType.F16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);
                break;
            case DType.BF16:
                WidenBFloat16(MemoryMarshal.Cast<byte, ushort>(bytes), values);
                break;
            default:
                Convert(type, bytes, values);
                break;
        }
    }

    public static void ToDouble(DType type, ReadOnlySpan<byte> bytes, Span<double> values)
    {
        if (type == DType.BF16)
        {
            ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(bytes);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
            }

            return;
        }

        Convert(type, bytes, values);
    }

    public static void ToInt64(DType type, ReadOnlySpan<byte> bytes, Span<long> values) => Convert(type, bytes, values);

    /// <summary>Rounds to the nearest, ties to even, as the hardware and PyTorch do; not-a-number stays so.</summary>
    public static void ToBFloat16(ReadOnlySpan<float> values, Span<ushort> halves)
    {
        for (int i = 0; i < values.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(values[i]);
            halves[i] = float.IsNaN(values[i]) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }

    private static void Convert<T>(DType type, ReadOnlySpan<byte> bytes, Span<T> values)
        where T : unmanaged, INumberBase<T>
    {
        switch (type)
        {
            case DType.F64:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(bytes), values);
                break;
            case DType.F32:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, float>(bytes), values);
                break;
            case DType.F16:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, Half>(bytes), values);
                break;
            case DType.I64:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, long>(bytes), values);
                break;
            case DType.I32:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, int>(bytes), values);
                break;
            case DType.I16:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, short>(bytes), values);
                break;
            case DType.I8:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, sbyte>(bytes), values);
                break;
            case DType.U8:
                TensorPrimitives.ConvertTruncating(bytes, values);
                break;
            case DType.Bool:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = bytes[i] != 0 ? T.One : T.Zero;
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "No conversion for this element type.");
        }
    }

    private static void WidenBFloat16(ReadOnlySpan<ushort> halves, Span<float> values)
    {
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        int i = 0;
        for (; i <= halves.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(halves[i..]), out Vector<uint> low, out Vector<uint> high);
            (low << 16).CopyTo(bits[i..]);
            (high << 16).CopyTo(bits[(i + Vector<uint>.Count)..]);
        }

        for (; i < halves.Length; i++)
        {
            bits[i] = (uint)halves[i] << 16;
        }
    }
}
