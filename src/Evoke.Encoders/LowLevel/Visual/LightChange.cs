using System.Runtime.CompilerServices;

namespace Evoke.Encoders.LowLevel.Visual;

/// <summary>Tells a change of light (a fade, a flash, an exposure that adapts) from a change of the picture.</summary>
internal static class LightChange
{
    // The light is assumed to have changed only where that explains at least this much of the difference: a bright object that enters must not change the rest.
    private const float MustExplain = 0.3f;
    private const float LeastDeviation = 0.01f;
    private const float GreatestGain = 4;

    /// <summary>Writes the half-size luma of the frame before as it would be in the light of the frame now: same mean, same deviation.</summary>
    /// <returns>True if that explains the difference of the frames better than the light staying as it was.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    public static bool Undo(FramePlanes before, FramePlanes now, Span<byte> relit)
    {
        float gain = before.LumaDeviation > LeastDeviation
            ? Math.Clamp(now.LumaDeviation / before.LumaDeviation, 1 / GreatestGain, GreatestGain)
            : 1;
        Span<byte> levels = stackalloc byte[256];
        for (int level = 0; level < levels.Length; level++)
        {
            levels[level] = (byte)Math.Clamp(MathF.Round((gain * (level - (255 * before.MeanLuma))) + (255 * now.MeanLuma)), 0, 255);
        }

        for (int i = 0; i < relit.Length; i++)
        {
            relit[i] = levels[before.HalfLuma[i]];
        }

        int without = AbsoluteDifferences.Sum(before.HalfLuma, now.HalfLuma);
        return AbsoluteDifferences.Sum(relit, now.HalfLuma) < (1 - MustExplain) * without;
    }
}
