using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Evoke.Training.Optimizers;

/// <summary>
/// Runs an element-wise kernel over the memory of tensors, on all cores. Each element is computed independently, so the number of cores does not change
/// the result.
/// </summary>
internal static unsafe class ParallelKernel
{
    // 64 KiB of each tensor: a few of them fit into the second-level cache together.
    private const int ChunkElements = 16 * 1024;

    /// <summary>The first element of a contiguous float32 tensor on the CPU. The tensor must outlive the pointer.</summary>
    public static float* PointerTo(Tensor tensor) =>
        (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, float>(tensor.bytes)));

    /// <summary>Calls <paramref name="kernel"/> with [from, to) ranges that cover every element once.</summary>
    public static void Run(long elements, Action<long, long> kernel)
    {
        if (elements <= ChunkElements)
        {
            kernel(0, elements);
            return;
        }

        int chunks = (int)((elements + ChunkElements - 1) / ChunkElements);
        Parallel.For(0, chunks, chunk => kernel((long)chunk * ChunkElements, Math.Min(elements, (chunk + 1L) * ChunkElements)));
    }
}
