using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Evoke.Curves;
using Evoke.Tensors;
using Evoke.Tensors.SafeTensors;

namespace Evoke.Features.Store;

/// <summary>
/// Features of one modality in an open <see cref="FeatureFile"/>: [steps, width], read in place. Valid until the file is disposed; thread-safe.
/// </summary>
public sealed class MappedFeatures
{
    private readonly SafeTensorsFile _file;

    internal MappedFeatures(SafeTensorsFile file, TensorInfo info, FeatureTrack track)
    {
        _file = file;
        Name = info.Name;
        DType = info.DType;
        Steps = (int)info.Shape[0];
        Width = (int)info.Shape[1];
        Rate = track.Rate;
        Encoder = track.Identity;
    }

    /// <summary>"visual" or "audio".</summary>
    public string Name { get; }

    /// <summary>The encoder that produced them.</summary>
    public EncoderIdentity Encoder { get; }

    /// <summary>Steps per second (Hz).</summary>
    public Rate Rate { get; }

    /// <summary>How many steps there are.</summary>
    public int Steps { get; }

    /// <summary>Numbers per step.</summary>
    public int Width { get; }

    /// <summary>How the numbers are stored: <see cref="DType.F32"/> or <see cref="DType.F16"/>.</summary>
    public DType DType { get; }

    /// <summary>When the steps are.</summary>
    public TimeGrid Grid => new(Rate, Steps);

    /// <summary>Copies consecutive rows, whatever their stored type.</summary>
    /// <param name="firstStep">The first row.</param>
    /// <param name="rows">Row-major [steps, width], a whole number of rows.</param>
    /// <exception cref="ArgumentException">The span is not a whole number of rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all there.</exception>
    public void CopyRows(int firstStep, Span<float> rows)
    {
        if (rows.Length % Width != 0)
        {
            throw new ArgumentException($"{rows.Length} elements are not a whole number of rows of {Width}.", nameof(rows));
        }

        ReadOnlySpan<byte> bytes = Bytes(firstStep, rows.Length / Width);
        if (DType == DType.F32)
        {
            MemoryMarshal.Cast<byte, float>(bytes).CopyTo(rows);
        }
        else
        {
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), rows);
        }
    }

    /// <summary>Consecutive rows without copying them; for features stored as <see cref="DType.F32"/> only.</summary>
    /// <param name="firstStep">The first row.</param>
    /// <param name="steps">How many.</param>
    /// <returns>Row-major [steps, width]; valid until the file is disposed.</returns>
    /// <exception cref="InvalidOperationException">They are stored as <see cref="DType.F16"/>: use <see cref="CopyRows"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all there.</exception>
    public ReadOnlySpan<float> Rows(int firstStep, int steps) => DType == DType.F32
        ? MemoryMarshal.Cast<byte, float>(Bytes(firstStep, steps))
        : throw new InvalidOperationException($"{_file.Path}: '{Name}' is stored as {DType}; only F32 can be read in place.");

    private ReadOnlySpan<byte> Bytes(int firstStep, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstStep);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Steps - firstStep);
        int rowBytes = Width * DType.Size();
        return _file.GetBytes(Name, (long)firstStep * rowBytes, steps * rowBytes);
    }
}
