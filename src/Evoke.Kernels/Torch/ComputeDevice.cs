using System.Globalization;

namespace Evoke.Kernels.Torch;

/// <summary>Where networks run: "cpu", "cuda" or "cuda:N". Managed code only: parsing does not load libtorch.</summary>
/// <remarks>The default value is the CPU. Immutable and thread-safe.</remarks>
public readonly record struct ComputeDevice
{
    private const string CpuName = "cpu";
    private const string CudaName = "cuda";

    private ComputeDevice(bool isCuda, int index)
    {
        IsCuda = isCuda;
        Index = index;
    }

    /// <summary>The processor.</summary>
    public static ComputeDevice Cpu => default;

    /// <summary>True for an NVIDIA GPU.</summary>
    public bool IsCuda { get; }

    /// <summary>Which GPU, from 0; 0 for the CPU.</summary>
    public int Index { get; }

    /// <summary>An NVIDIA GPU by its number, from 0.</summary>
    public static ComputeDevice Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new ComputeDevice(isCuda: true, index);
    }

    /// <summary>Reads "cpu", "cuda" (the first GPU) or "cuda:N".</summary>
    /// <exception cref="ComputeDeviceException">The text is none of these.</exception>
    public static ComputeDevice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == CpuName)
        {
            return Cpu;
        }

        if (text == CudaName)
        {
            return Cuda();
        }

        const string prefix = CudaName + ":";
        if (text.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return Cuda(index);
        }

        throw new ComputeDeviceException($"'{text}' is not a device; expected cpu, cuda or cuda:N.");
    }

    /// <summary>"cpu" or "cuda:N": what <see cref="Parse"/> reads.</summary>
    public override string ToString() => IsCuda ? string.Create(CultureInfo.InvariantCulture, $"{CudaName}:{Index}") : CpuName;
}
