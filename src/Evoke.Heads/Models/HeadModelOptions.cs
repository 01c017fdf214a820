using Evoke.Heads.Networks;
using Evoke.Kernels.Torch;

namespace Evoke.Heads.Models;

/// <summary>How a trained model is to run.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record HeadModelOptions
{
    /// <summary>Where the head runs.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>The head's arithmetic. A head is small compared with its encoders, so float32 costs next to nothing.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>The heads that model files may name: those that come with Evoke, and those that the program adds.</summary>
    public HeadCatalog Heads { get; init; } = HeadCatalog.Default;

    /// <summary>Steps that go through the head at once, at least one clip: bounds memory for long videos.</summary>
    public int StepsPerBatch { get; init; } = 8192;
}
