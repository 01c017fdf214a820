namespace Evoke.Encoders.Networks.Layers;

/// <summary>How a convolution walks over its input; dilation is 1.</summary>
internal readonly record struct ConvolutionShape
{
    public ConvolutionShape()
    {
    }

    /// <summary>Zeros added above and below.</summary>
    public long PaddingHeight { get; init; }

    /// <summary>Zeros added left and right.</summary>
    public long PaddingWidth { get; init; }

    /// <summary>Step in both directions.</summary>
    public long Stride { get; init; } = 1;

    /// <summary>Groups of channels that do not see each other.</summary>
    public long Groups { get; init; } = 1;
}
