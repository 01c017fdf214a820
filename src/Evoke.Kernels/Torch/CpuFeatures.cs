using System.Runtime.Intrinsics.X86;

namespace Evoke.Kernels.Torch;

/// <summary>The instructions of this processor that make networks fast. Managed code only: it does not load libtorch.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CpuFeatures
{
    /// <summary>256-bit vectors (AVX2).</summary>
    public bool Avx2 { get; init; }

    /// <summary>512-bit vectors (AVX-512 F, usable by this process).</summary>
    public bool Avx512 { get; init; }

    /// <summary>bfloat16 dot products in 512-bit vectors (AVX512_BF16).</summary>
    public bool Avx512BFloat16 { get; init; }

    /// <summary>8-bit dot products in 512-bit vectors (AVX512_VNNI).</summary>
    public bool Avx512Vnni { get; init; }

    /// <summary>bfloat16 tiles (AMX-BF16).</summary>
    public bool AmxBFloat16 { get; init; }

    /// <summary>True where matrix products are faster in bfloat16 than in float32.</summary>
    public bool HasFastBFloat16 => Avx512BFloat16 || AmxBFloat16;

    /// <summary>The processor that this process runs on.</summary>
    public static CpuFeatures Current { get; } = Detect();

    // Intel SDM vol. 2A, CPUID: leaf 7.0 ECX bit 11 is AVX512_VNNI, EDX bit 22 is AMX-BF16; leaf 7.1 EAX bit 5 is AVX512_BF16.
    private static CpuFeatures Detect()
    {
        if (!X86Base.IsSupported)
        {
            return new CpuFeatures();
        }

        int highestLeaf = X86Base.CpuId(0, 0).Eax;
        if (highestLeaf < 7)
        {
            return new CpuFeatures { Avx2 = Avx2Instructions };
        }

        (int subleaves, _, int ecx, int edx) = X86Base.CpuId(7, 0);
        int extended = subleaves >= 1 ? X86Base.CpuId(7, 1).Eax : 0;

        // Avx512F.IsSupported also says that the operating system saves the wide registers.
        bool wide = Avx512F.IsSupported;
        return new CpuFeatures
        {
            Avx2 = Avx2Instructions,
            Avx512 = wide,
            Avx512Vnni = wide && (ecx & (1 << 11)) != 0,
            Avx512BFloat16 = wide && (extended & (1 << 5)) != 0,
            AmxBFloat16 = wide && (edx & (1 << 22)) != 0,
        };
    }

    private static bool Avx2Instructions => System.Runtime.Intrinsics.X86.Avx2.IsSupported;
}
