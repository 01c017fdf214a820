using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Evoke.Kernels.Recurrent;

/// <summary>Which numbers between two layers are left out: a function of seed, row and column, so that the way back recomputes it and no mask is kept.</summary>
internal readonly struct DropoutMask
{
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

    /// <summary>True if anything is left out.</summary>
    public bool IsActive => _threshold != 0;

    /// <summary>What identifies one row.</summary>
    public uint RowKey(int row) => Mix(((uint)row * 0x9E3779B9u) ^ _seed);

    /// <summary>0 or 1 / (1 - share), for sixteen columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Factors(uint rowKey, int column)
    {
        Vector512<uint> x = (Vector512.Create((uint)column) + Vector512<uint>.Indices) * Vector512.Create(0x85EBCA6Bu);
        x ^= Vector512.Create(rowKey);
        x = (x ^ (x >>> 16)) * Vector512.Create(0x7FEB352Du);
        x = (x ^ (x >>> 15)) * Vector512.Create(0x846CA68Bu);
        x ^= x >>> 16;
        return Vector512.GreaterThanOrEqual(x, Vector512.Create(_threshold)).AsSingle() & Vector512.Create(_scale);
    }

    /// <summary>0 or 1 / (1 - share), for one column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Factor(uint rowKey, int column) => Mix(((uint)column * 0x85EBCA6Bu) ^ rowKey) >= _threshold ? _scale : 0;

    // "lowbias32" of Chris Wellons' hash prospector: no bit of the input is visible in the output.
    private static uint Mix(uint x)
    {
        x = (x ^ (x >> 16)) * 0x7FEB352D;
        x = (x ^ (x >> 15)) * 0x846CA68B;
        return x ^ (x >> 16);
    }
}
