namespace Evoke.Encoders.Deep;

/// <summary>When VGGish's patches start.</summary>
internal enum VggishHop
{
    /// <summary>One patch starts at every step, so that sound and picture have the same rate.</summary>
    Step,

    /// <summary>Patches follow each other without overlap, every 0.96 s, as in torchvggish; a step has the patch that starts nearest to it.</summary>
    Patch,
}

/// <summary>What VGGish's features are.</summary>
internal sealed record VggishOptions
{
    /// <summary>When patches start.</summary>
    public VggishHop Hop { get; init; } = VggishHop.Step;

    /// <summary>True for AudioSet's post-processing: PCA with whitening, 8 bits.</summary>
    public bool Postprocess { get; init; }

    /// <summary>The encoder's name on the command line.</summary>
    public string EncoderName => (Hop, Postprocess) switch
    {
        (VggishHop.Step, false) => "vggish",
        (VggishHop.Step, true) => "vggish-pca",
        (VggishHop.Patch, false) => "vggish-960ms",
        (VggishHop.Patch, true) => "vggish-960ms-pca",
        _ => throw new InvalidOperationException($"Unknown hop {Hop}."),
    };

    /// <summary>What it is, for users.</summary>
    public string Title => string.Concat(
        "VGGish, trained on AudioSet",
        Hop == VggishHop.Patch ? ", one patch every 0.96 s" : ", the paper's",
        Postprocess ? ", with PCA whitening and 8-bit values" : "");

    /// <summary>Every combination.</summary>
    public static IReadOnlyList<VggishOptions> All { get; } =
        [new(), new() { Postprocess = true }, new() { Hop = VggishHop.Patch }, new() { Hop = VggishHop.Patch, Postprocess = true }];
}
