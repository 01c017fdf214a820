using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>The memory layout that convolutions are fast in: all channels of a pixel side by side.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class ChannelsLast
{
    /// <summary>[B, C, H, W] with the same numbers, laid out as [B, H, W, C]; a view where that costs nothing.</summary>
    public static Tensor Of(Tensor pictures) => pictures.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
