using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.Recurrent;

/// <summary>Which values between two layers are dropped: a function of seed, row and column, the same on every device, so that the backward pass can
/// recompute it and no mask is stored.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly struct DropoutMask
{
    private const uint RowFactor = 0x9E3779B9, ColumnFactor = 0x85EBCA6B, FirstFactor = 0x7FEB352D, SecondFactor = 0x846CA68B;

    private readonly uint _seed;
    private readonly uint _threshold;
    private readonly float _scale;

    /// <summary>Creates the mask of one layer and direction in one pass.</summary>
    /// <param name="share">Share that is left out, in [0, 1).</param>
    /// <param name="seed">Decides which.</param>
    public DropoutMask(double share, uint seed)
    {
        _seed = seed;
        _threshold = (uint)(share * uint.MaxValue);
        _scale = (float)(1 / (1 - share));
    }

    /// <summary>True if anything is dropped.</summary>
    public bool IsActive => _threshold != 0;

    /// <summary>What identifies one row.</summary>
    public uint RowKey(int row) => Mix(((uint)row * RowFactor) ^ _seed);

    /// <summary>0 or 1 / (1 - share), for sixteen columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Factors(uint rowKey, int column)
    {
        Vector512<uint> x = (Vector512.Create((uint)column) + Vector512<uint>.Indices) * Vector512.Create(ColumnFactor);
        x ^= Vector512.Create(rowKey);
        x = (x ^ (x >>> 16)) * Vector512.Create(FirstFactor);
        x = (x ^ (x >>> 15)) * Vector512.Create(SecondFactor);
        x ^= x >>> 16;
        return Vector512.GreaterThanOrEqual(x, Vector512.Create(_threshold)).AsSingle() & Vector512.Create(_scale);
    }

    /// <summary>0 or 1 / (1 - share), for one column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Factor(uint rowKey, int column) => Mix(((uint)column * ColumnFactor) ^ rowKey) >= _threshold ? _scale : 0;

    /// <summary>0 or 1 / (1 - share) for whole rows, as a tensor.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="device">The device of the tensor.</param>
    /// <returns>[rows, columns], float32.</returns>
    public Tensor ToTensor(int rows, int columns, Device device) => device.type == DeviceType.CPU ? ByVectors(rows, columns) : ByTensors(rows, columns, device);

    /// <summary><see cref="ToTensor"/> by libtorch's operations, on any device.</summary>
    internal Tensor ByTensors(int rows, int columns, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        DropoutMask mask = this;
        int[] rowKeys = [.. Enumerable.Range(0, rows).Select(row => (int)mask.RowKey(row))];
        int[] columnKeys = [.. Enumerable.Range(0, columns).Select(column => (int)((uint)column * ColumnFactor))];
        // [rows, columns], int32, which wraps around as uint does
        Tensor x = tensor(rowKeys, [rows, 1], device: device) ^ tensor(columnKeys, [1, columns], device: device);
        x = (x ^ Shifted(x, 16)) * unchecked((int)FirstFactor);
        x = (x ^ Shifted(x, 15)) * unchecked((int)SecondFactor);
        x ^= Shifted(x, 16);
        Tensor ordered = x ^ int.MinValue; // As signed numbers these compare as the unsigned ones do.
        Tensor kept = ordered.ge((int)_threshold ^ int.MinValue);
        return (kept.to(ScalarType.Float32) * _scale).MoveToOuterDisposeScope();

        static Tensor Shifted(Tensor values, int bits) => values.bitwise_right_shift(bits) & (int)(uint.MaxValue >> bits);
    }

    private Tensor ByVectors(int rows, int columns)
    {
        Tensor factors = empty([rows, columns], ScalarType.Float32);
        using DisposeScope scope = NewDisposeScope();
        DropoutMask mask = this;
        Parallel.For(0, rows, row =>
        {
            Span<float> values = MemoryMarshal.Cast<byte, float>(factors.bytes).Slice(row * columns, columns);
            uint key = mask.RowKey(row);
            int column = 0;
            for (; column + Vector512<float>.Count <= columns; column += Vector512<float>.Count)
            {
                mask.Factors(key, column).CopyTo(values[column..]);
            }

            for (; column < columns; column++)
            {
                values[column] = mask.Factor(key, column);
            }
        });
        return factors;
    }

    // "lowbias32" of Chris Wellons' hash prospector: no bit of the input is visible in the output.
    private static uint Mix(uint x)
    {
        x = (x ^ (x >> 16)) * FirstFactor;
        x = (x ^ (x >> 15)) * SecondFactor;
        return x ^ (x >> 16);
    }
}
