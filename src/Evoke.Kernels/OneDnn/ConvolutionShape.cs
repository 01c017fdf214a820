namespace Evoke.Kernels.OneDnn;

/// <summary>The kernel, padding and stride of a convolution; dilation is 1.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="KernelHeight">Rows of the kernel.</param>
/// <param name="KernelWidth">Columns of the kernel.</param>
public readonly record struct ConvolutionShape(long KernelHeight, long KernelWidth)
{
    /// <summary>Zeros added above and below.</summary>
    public long PaddingHeight { get; init; }

    /// <summary>Zeros added left and right.</summary>
    public long PaddingWidth { get; init; }

    /// <summary>Step in both directions.</summary>
    public long Stride { get; init; } = 1;

    /// <summary>Groups of channels that are convolved separately.</summary>
    public long Groups { get; init; } = 1;

    /// <summary>A kernel that keeps height and width (at stride 1): padded by half its odd size.</summary>
    public static ConvolutionShape Same(long height, long width) => new(height, width) { PaddingHeight = height / 2, PaddingWidth = width / 2 };
}
