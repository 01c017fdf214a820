namespace Evoke.Encoders.Networks.Swin;

/// <summary>The shape of a Swin Transformer (Liu et al., ICCV 2021, section 3.3).</summary>
/// <remarks>Every stage's side is a multiple of the window, as it is in the published networks.</remarks>
public sealed record SwinConfig
{
    /// <summary>Side in pixels of the square input.</summary>
    public int ImageSide { get; init; } = 224;

    /// <summary>Side in tokens of an attention window.</summary>
    public int Window { get; init; } = 7;

    /// <summary>Channels of the first stage; each later stage has twice as many.</summary>
    public required int Width { get; init; }

    /// <summary>Blocks of each stage.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>Attention heads of each stage.</summary>
    public required IReadOnlyList<int> Heads { get; init; }

    /// <summary>Width of the feature: the last stage's channels.</summary>
    public int FeatureWidth => Width << (Depths.Count - 1);

    /// <summary>Swin-T: 28 million parameters, feature 768.</summary>
    public static SwinConfig Tiny { get; } = new() { Width = 96, Depths = [2, 2, 6, 2], Heads = [3, 6, 12, 24] };

    /// <summary>Swin-S: 50 million parameters, feature 768.</summary>
    public static SwinConfig Small { get; } = Tiny with { Depths = [2, 2, 18, 2] };

    /// <summary>Swin-B: 88 million parameters, feature 1024.</summary>
    public static SwinConfig Base { get; } = new() { Width = 128, Depths = [2, 2, 18, 2], Heads = [4, 8, 16, 32] };

    /// <summary>Swin-L: 197 million parameters, feature 1536; the paper's picture encoder.</summary>
    public static SwinConfig Large { get; } = new() { Width = 192, Depths = [2, 2, 18, 2], Heads = [6, 12, 24, 48] };

    /// <summary>The same network for 384-pixel input and windows of 12.</summary>
    public SwinConfig At384 => this with { ImageSide = 384, Window = 12 };
}
