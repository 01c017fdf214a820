using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;

namespace Evoke.Encoders.Catalog;

/// <summary>The page about the low-level encoders: docs/descriptors.md is this text.</summary>
internal static class DescriptorDocument
{
    /// <summary>The page in Markdown, with lines ended by "\n".</summary>
    public static string ToMarkdown() =>
        $"""
        # Low-level descriptors

        The encoders `{VisualLowLevelEncoder.Name}` and `{AudioLowLevelEncoder.Name}` need no weights. The model `affect` reads their features, and networks
        can train on them as on any other features. Step k of features at R Hz describes what is seen and heard in [k/R, (k+1)/R) seconds.
        All numbers are finite and of the order of 1. This page is generated from the tables in the code; a test keeps the two in sync.

        ## `{VisualLowLevelEncoder.Name}`: {VisualLowLevelEncoder.Descriptors.Count} numbers

        Frames of 112 x 64 pixels, about six per second (the smallest whole multiple of the requested rate that reaches 6 Hz). Light, colour and detail
        are means over the frames of a step; a change from one frame to the next belongs to the step of the later one.

        {VisualLowLevelEncoder.Descriptors.ToMarkdown()}
        ## `{AudioLowLevelEncoder.Name}`: {AudioLowLevelEncoder.Descriptors.Count} numbers

        Mono sound at 16 kHz, in frames of 32 ms (64 ms for pitch) that lie wholly within their step. Levels are in dB of full scale, from -100 dB (silence) on.

        {AudioLowLevelEncoder.Descriptors.ToMarkdown()}
        """.ReplaceLineEndings("\n");
}
