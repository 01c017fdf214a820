namespace Evoke.Encoders.Onnx;

/// <summary>How pictures or sound become the items of a network.</summary>
internal interface IOnnxInput
{
    /// <summary>The shape of an item: that of the input without its first dimension, the batch.</summary>
    int[] ItemShape { get; }

    /// <summary>The description with nothing left open but the names of input and output.</summary>
    OnnxDescription Resolved { get; }
}
