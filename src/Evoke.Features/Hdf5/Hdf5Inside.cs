using System.Collections;
using System.Reflection;
using PureHDF;
using PureHDF.VOL.Native;

namespace Evoke.Features.Hdf5;

/// <summary>
/// What PureHDF 2.2.0 knows about a dataset and does not tell: it reads the numbers of unusual formats wrongly, and follows the file to other files, without a
/// word. Found by reflection; another version of the library that lacks a member fails with its name.
/// </summary>
internal static class Hdf5Inside
{
    private const BindingFlags Anywhere = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>True if the dataset is in the file that was opened, not in one that a link leads to.</summary>
    public static bool IsIn(NativeFile file, IH5Dataset dataset) => ReferenceEquals(Get(Get(dataset, "Context")!, "File"), file);

    /// <summary>True if the values are in other files, whatever their format.</summary>
    public static bool IsExternal(IH5Dataset dataset) => Get(dataset, "InternalExternalFileList") is not null;

    /// <summary>The numbers of the filters, in the order in which they were applied.</summary>
    public static IReadOnlyList<int> FiltersOf(IH5Dataset dataset) => Get(dataset, "InternalFilterPipeline") is not { } pipeline
        ? []
        : [.. ((IEnumerable)Get(pipeline, "FilterDescriptions")!).Cast<object>().Select(filter => Convert.ToInt32(Get(filter, "Identifier"), null))];

    /// <summary>How the numbers are stored, for floating-point numbers; the parts are those of IEEE 754.</summary>
    public static Hdf5Float FloatOf(IH5Dataset dataset)
    {
        object type = Get(dataset, "InternalElementDataType")!;
        object bits = Get(type, "BitField")!;
        object parts = ((Array)Get(type, "Properties")!).GetValue(0)!;
        return new Hdf5Float(
            Get(bits, "ByteOrder")!.ToString()!,
            Number(bits, "SignLocation"),
            Number(parts, "BitOffset"),
            Number(parts, "BitPrecision"),
            Number(parts, "ExponentLocation"),
            Number(parts, "ExponentSize"),
            Number(parts, "MantissaSize"),
            Number(parts, "ExponentBias"));
    }

    /// <summary>The result of a method with one argument, whoever may call it.</summary>
    public static object? Call(object of, string name, object argument) => (MethodOf(of.GetType(), name)
        ?? throw new MissingMemberException(of.GetType().FullName, name)).Invoke(of, BindingFlags.DoNotWrapExceptions, null, [argument], null);

    private static MethodInfo? MethodOf(Type type, string name) =>
        type.GetMethod(name, Anywhere) ?? (type.BaseType is { } above ? MethodOf(above, name) : null);

    private static int Number(object of, string name) => checked((int)Convert.ToInt64(Get(of, name), null));

    /// <summary>The value of a property, whoever may see it.</summary>
    public static object? Get(object of, string name) => (of.GetType().GetProperty(name, Anywhere) ?? FromBase(of.GetType(), name)
        ?? throw new MissingMemberException(of.GetType().FullName, name)).GetValue(of);

    private static PropertyInfo? FromBase(Type type, string name) =>
        type.BaseType is { } above ? above.GetProperty(name, Anywhere) ?? FromBase(above, name) : null;
}

/// <summary>A format of floating-point numbers.</summary>
internal readonly record struct Hdf5Float(
    string ByteOrder, int SignLocation, int BitOffset, int Precision, int ExponentLocation, int ExponentSize, int MantissaSize, int ExponentBias)
{
    /// <summary>True for IEEE 754's formats of 2, 4 and 8 bytes, in little-endian order: all that is read correctly.</summary>
    public bool IsReadable => this == Of(16, 5) || this == Of(32, 8) || this == Of(64, 11);

    /// <summary>The format in words.</summary>
    public string Description => ByteOrder != "LittleEndian" ? $"{Precision} bits in {(ByteOrder == "BigEndian" ? "big-endian" : ByteOrder)} order"
        : FormattableString.Invariant($"{Precision} bits, {ExponentSize} of them exponent (bias {ExponentBias}) and {MantissaSize} mantissa");

    private static Hdf5Float Of(int bits, int exponent) => new(
        "LittleEndian", bits - 1, 0, bits, bits - 1 - exponent, exponent, bits - 1 - exponent, (1 << (exponent - 1)) - 1);
}
