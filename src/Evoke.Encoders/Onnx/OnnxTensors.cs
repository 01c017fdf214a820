using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Evoke.Encoders.Onnx;

/// <summary>Makes and reads the tensors of a network, whatever their element type.</summary>
internal static class OnnxTensors
{
    /// <summary>True for the two types in which pictures, sound and features may be.</summary>
    public static bool IsFloat(NodeMetadata node) => node.IsTensor && node.ElementDataType is TensorElementType.Float or TensorElementType.Float16;

    /// <summary>A tensor of numbers.</summary>
    /// <param name="type">float32 or float16.</param>
    /// <param name="values">Row-major; used as it is for float32, so it must stay unchanged as long as the tensor lives.</param>
    /// <param name="shape">Its shape.</param>
    public static OrtValue Of(TensorElementType type, Memory<float> values, long[] shape)
    {
        if (type == TensorElementType.Float)
        {
            return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
        }

        Float16[] halves = new Float16[values.Length];
        TensorPrimitives.ConvertToHalf(values.Span, MemoryMarshal.Cast<Float16, Half>(halves.AsSpan()));
        return OrtValue.CreateTensorValueFromMemory(halves, shape);
    }

    /// <summary>A tensor filled with one number.</summary>
    /// <returns>Null for an element type that cannot be filled.</returns>
    public static OrtValue? Filled(TensorElementType type, double value, long[] shape)
    {
        int count = (int)shape.Aggregate(1L, (product, extent) => product * extent);
        return type switch
        {
            TensorElementType.Float => Filled((float)value),
            TensorElementType.Float16 => Of(type, Enumerable.Repeat((float)value, count).ToArray(), shape),
            TensorElementType.Double => Filled(value),
            TensorElementType.Int64 => Filled((long)value),
            TensorElementType.Int32 => Filled((int)value),
            TensorElementType.Bool => Filled(value != 0),
            _ => null,
        };

        OrtValue Filled<T>(T element)
            where T : unmanaged
        {
            T[] elements = new T[count];
            Array.Fill(elements, element);
            return OrtValue.CreateTensorValueFromMemory(elements, shape);
        }
    }

    /// <summary>True for the element types of <see cref="Filled"/>.</summary>
    public static bool CanFill(NodeMetadata node) => node.IsTensor && node.ElementDataType is TensorElementType.Float or TensorElementType.Float16
        or TensorElementType.Double or TensorElementType.Int64 or TensorElementType.Int32 or TensorElementType.Bool;

    /// <summary>True if a number is a value of the tensor's element type: whole where that is whole, and within its range.</summary>
    public static bool Holds(NodeMetadata node, double value) => double.IsFinite(value) && node.ElementDataType switch
    {
        TensorElementType.Int64 => value == Math.Floor(value) && Math.Abs(value) < long.MaxValue,
        TensorElementType.Int32 => value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue,
        TensorElementType.Bool => value is 0 or 1,
        _ => true,
    };

    /// <summary>The numbers of a tensor of float32 or float16.</summary>
    public static float[] Read(OrtValue tensor)
    {
        if (tensor.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float)
        {
            return tensor.GetTensorDataAsSpan<float>().ToArray();
        }

        ReadOnlySpan<Half> halves = MemoryMarshal.Cast<Float16, Half>(tensor.GetTensorDataAsSpan<Float16>());
        float[] values = new float[halves.Length];
        TensorPrimitives.ConvertToSingle(halves, values);
        return values;
    }

    /// <summary>A tensor's type and shape for people: "float32 [any, 3, 224, 224]".</summary>
    public static string Describe(NodeMetadata node) => node.IsTensor ? $"{TypeName(node)} {Describe(node.Dimensions)}" : node.OnnxValueType.ToString();

    /// <summary>A shape for people: "[any, 3, 224, 224]".</summary>
    public static string Describe(IEnumerable<int> shape) =>
        $"[{string.Join(", ", shape.Select(extent => extent > 0 ? extent.ToString(CultureInfo.InvariantCulture) : "any"))}]";

    /// <summary>A shape for people: "[1, 128]".</summary>
    public static string Describe(IEnumerable<long> shape) => Describe(shape.Select(extent => (int)extent));

    private static string TypeName(NodeMetadata node) => node.ElementDataType switch
    {
        TensorElementType.Float => "float32",
        TensorElementType.Double => "float64",
        TensorElementType other => other.ToString().ToLowerInvariant(),
    };
}
