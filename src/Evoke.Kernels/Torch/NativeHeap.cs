using System.Runtime.InteropServices;

namespace Evoke.Kernels.Torch;

/// <summary>The C library's heap, in which libtorch keeps the tensors of the CPU.</summary>
/// <remarks>Thread-safe: the first call counts.</remarks>
public static unsafe class NativeHeap
{
    // malloc.h of glibc; mallopt(3).
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int Limit = 1 << 30;

    private static readonly Lazy<bool> Kept = new(Keep);

    /// <summary>From now on, freed memory of tensors up to 1 GiB is kept for later ones, up to 1 GiB in total, instead of being returned to the system and
    /// requested again.</summary>
    /// <remarks>
    /// For work that creates and frees the same large tensors over and over, as training does: the system clears every page that it hands out, which took a
    /// fifth of a step in float32. It holds for the whole process, but in full only on its main thread: glibc gives other threads separate heaps of 64 MiB.
    /// </remarks>
    /// <returns>False if the C library does not support it: only glibc does.</returns>
    public static bool KeepFreedMemory() => Kept.Value;

    private static bool Keep()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "mallopt", out nint address))
        {
            return false;
        }

        delegate* unmanaged<int, int, int> setOption = (delegate* unmanaged<int, int, int>)address;
        return setOption(MapThreshold, Limit) == 1 && setOption(TrimThreshold, Limit) == 1;
    }
}
