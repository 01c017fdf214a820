using System.Text.Json.Serialization;

namespace Evoke.Encoders.Onnx;

/// <summary>What an ONNX network takes.</summary>
internal enum OnnxKind
{
    /// <summary>One picture for each step.</summary>
    Pictures,

    /// <summary>Several pictures around each step, at their own rate.</summary>
    Clips,

    /// <summary>Raw samples.</summary>
    Wave,

    /// <summary>Log-mel spectrograms.</summary>
    Spectrogram,
}

/// <summary>How an output with several rows or a map for each item becomes one row.</summary>
internal enum OnnxPooling
{
    /// <summary>[N, tokens, D]: the first token.</summary>
    Cls,

    /// <summary>[N, tokens, D]: the mean of all tokens.</summary>
    Mean,

    /// <summary>[N, tokens, D]: the mean of all tokens but the first.</summary>
    [JsonStringEnumMemberName("mean_patches")]
    MeanPatches,

    /// <summary>[N, D, ...]: the mean over all places of a feature map.</summary>
    Map,
}

/// <summary>Where a clip or a window of sound lies that belongs to one step.</summary>
internal enum OnnxPlace
{
    /// <summary>It begins with the step.</summary>
    Start,

    /// <summary>Its middle is the middle of the step.</summary>
    Centre,

    /// <summary>It ends with the step.</summary>
    End,
}

/// <summary>What a step takes of several windows of sound whose middles lie in it.</summary>
internal enum OnnxWithinStep
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The largest of each number.</summary>
    Max,
}
