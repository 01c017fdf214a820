using System.Diagnostics.CodeAnalysis;

namespace Evoke.Tensors;

/// <summary>The type of one element of a stored tensor. All are stored little-endian. The names are those of safetensors.</summary>
public enum DType
{
    /// <summary>64-bit IEEE float.</summary>
    F64,

    /// <summary>32-bit IEEE float.</summary>
    F32,

    /// <summary>16-bit IEEE float.</summary>
    F16,

    /// <summary>The upper half of a 32-bit float.</summary>
    BF16,

    /// <summary>64-bit signed integer.</summary>
    I64,

    /// <summary>32-bit signed integer.</summary>
    I32,

    /// <summary>16-bit signed integer.</summary>
    I16,

    /// <summary>8-bit signed integer.</summary>
    I8,

    /// <summary>8-bit unsigned integer.</summary>
    U8,

    /// <summary>One byte: false if zero, else true.</summary>
    Bool,
}

/// <summary>Sizes and names of element types.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class DTypeExtensions
{
    private static readonly string[] SafeTensorsNames = ["F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL"];

    /// <summary>Bytes per element: 1, 2, 4 or 8.</summary>
    public static int Size(this DType type) => type switch
    {
        DType.F64 or DType.I64 => 8,
        DType.F32 or DType.I32 => 4,
        DType.F16 or DType.BF16 or DType.I16 => 2,
        DType.I8 or DType.U8 or DType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };

    /// <summary>True for the four floating-point types.</summary>
    public static bool IsFloatingPoint(this DType type) => type is DType.F64 or DType.F32 or DType.F16 or DType.BF16;

    /// <summary>The name in a safetensors header: "F32" and so on.</summary>
    public static string SafeTensorsName(this DType type) => SafeTensorsNames[(int)type];

    /// <summary>The element type of a name in a safetensors header; false for a name that is not among the ten.</summary>
    public static bool TryParseSafeTensorsName([NotNullWhen(true)] string? name, out DType type)
    {
        int index = Array.IndexOf(SafeTensorsNames, name);
        type = (DType)Math.Max(index, 0);
        return index >= 0;
    }
}
