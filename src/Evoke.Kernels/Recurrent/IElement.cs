using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Evoke.Kernels.Recurrent;

/// <summary>The storage type of numbers; arithmetic is always in float32.</summary>
internal unsafe interface IElement
{
    /// <summary>Bytes of one number.</summary>
    static abstract int Size { get; }

    /// <summary>Sixteen numbers from element <paramref name="index"/> on.</summary>
    static abstract Vector512<float> Load(void* start, nint index);

    /// <summary>Writes sixteen numbers from element <paramref name="index"/> on.</summary>
    static abstract void Store(void* start, nint index, Vector512<float> values);

    /// <summary>One number.</summary>
    static abstract float LoadOne(void* start, nint index);

    /// <summary>Writes one number.</summary>
    static abstract void StoreOne(void* start, nint index, float value);
}

/// <summary>Numbers kept as they are.</summary>
internal readonly unsafe struct Float32Element : IElement
{
    public static int Size => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* start, nint index) => Vector512.Load((float*)start + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* start, nint index, Vector512<float> values) => values.Store((float*)start + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadOne(void* start, nint index) => ((float*)start)[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreOne(void* start, nint index, float value) => ((float*)start)[index] = value;
}

/// <summary>The upper halves of float32 numbers, rounded to the nearest, ties to even.</summary>
internal readonly unsafe struct BFloat16Element : IElement
{
    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* start, nint index)
    {
        Vector256<ushort> halves = Vector256.Load((ushort*)start + index);
        if (Avx512F.IsSupported)
        {
            return (Avx512F.ConvertToVector512UInt32(halves) << 16).AsSingle();
        }

        (Vector256<uint> lower, Vector256<uint> upper) = Vector256.Widen(halves);
        return (Vector512.Create(lower, upper) << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* start, nint index, Vector512<float> values)
    {
        Vector512<uint> bits = values.AsUInt32();
        Vector512<uint> rounded = (bits + Vector512.Create(0x7FFFu) + ((bits >>> 16) & Vector512<uint>.One)) >>> 16;
        Vector256<ushort> halves = Avx512F.IsSupported ? Avx512F.ConvertToVector256UInt16(rounded) : Vector256.Narrow(rounded.GetLower(), rounded.GetUpper());
        halves.Store((ushort*)start + index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadOne(void* start, nint index) => BitConverter.UInt32BitsToSingle((uint)((ushort*)start)[index] << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreOne(void* start, nint index, float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        ((ushort*)start)[index] = (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
