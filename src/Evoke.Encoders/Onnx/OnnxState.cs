using Microsoft.ML.OnnxRuntime;

namespace Evoke.Encoders.Onnx;

/// <summary>What a recurrent network carries from one window to the next, for one video.</summary>
internal sealed class OnnxState : IDisposable
{
    private readonly Dictionary<string, OrtValue> _values;

    /// <summary>Takes the tensors of the first window, by the input's name; they belong to this instance.</summary>
    public OnnxState(Dictionary<string, OrtValue> values) => _values = values;

    /// <summary>The tensor of an input.</summary>
    public OrtValue this[string input] => _values[input];

    /// <summary>Takes the next tensor of an input; it belongs to this instance.</summary>
    public void Set(string input, OrtValue value)
    {
        _values[input].Dispose();
        _values[input] = value;
    }

    public void Dispose()
    {
        foreach (OrtValue value in _values.Values)
        {
            value.Dispose();
        }

        _values.Clear();
    }
}
