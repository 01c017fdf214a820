using TorchSharp;

namespace Evoke.Kernels.Torch;

/// <summary>Where a network runs, and in which arithmetic.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Device">The processor or a GPU.</param>
/// <param name="Precision">The number format of products; sums are kept in float32.</param>
public sealed record NetworkPlacement(ComputeDevice Device, Precision Precision)
{
    /// <summary>The processor, in float32: exact.</summary>
    public static NetworkPlacement Exact { get; } = new(ComputeDevice.Cpu, Precision.Float32);

    /// <summary>A device with the requested precision.</summary>
    /// <param name="device">The processor or a GPU.</param>
    /// <param name="precision">Null for the fastest that the device has.</param>
    public static NetworkPlacement Of(ComputeDevice device, Precision? precision) => new(device, precision ?? PrecisionNames.FastestOn(device));

    /// <summary>The tensor type that the network's activations have.</summary>
    public torch.ScalarType ActivationType => TorchRuntime.ScalarTypeOf(InFloat.Precision);

    /// <summary>True if linear layers multiply 8-bit whole numbers.</summary>
    public bool IsInt8 => Precision == Precision.Int8;

    /// <summary>The same place with floating point throughout: for layers that lose too much accuracy in 8 bits, or gain no speed.</summary>
    public NetworkPlacement InFloat => IsInt8 ? Of(Device, null) : this;

    /// <summary>The torch device; starts libtorch.</summary>
    /// <exception cref="ComputeDeviceException">This machine, or the package that was built, does not have the device.</exception>
    /// <exception cref="TorchUnavailableException">The native library cannot be loaded.</exception>
    public torch.Device ResolveDevice() => TorchRuntime.Resolve(Device);
}
