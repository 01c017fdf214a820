namespace Evoke.Encoders.Onnx;

/// <summary>The shapes that a preset expects of its network; -1 where any will do. The first dimension is the batch.</summary>
/// <param name="Preset">The preset's name.</param>
/// <param name="Input">Shape of the input.</param>
/// <param name="Output">Shape of the output.</param>
/// <param name="Export">Where the export of such a network is shown, for messages.</param>
internal sealed record OnnxShapes(string Preset, IReadOnlyList<int> Input, IReadOnlyList<int> Output, string Export)
{
    /// <summary>Refuses a network of other shapes.</summary>
    /// <param name="path">The ONNX file, for the error.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="OnnxModelException">The input or the output does not fit; the message says what was expected and found of both.</exception>
    public void ThrowIfUnfit(string path, OnnxNetwork network)
    {
        string[] wrong =
        [
            .. Compare("input", network.InputName, network.InputShape, Input),

            // A file need not say what its output is like; running it does.
            .. network.OutputShape.Length == 0 ? [] : Compare("output", network.OutputName, network.OutputShape, Output),
        ];
        if (wrong.Length > 0)
        {
            throw new OnnxModelException(path, $"this is not the network of {Preset}: {string.Join("; ", wrong)}. {Export}");
        }
    }

    /// <summary>Refuses a network whose features have another width.</summary>
    /// <exception cref="OnnxModelException">They have.</exception>
    public void ThrowIfWidthDiffers(string path, int found)
    {
        if (found != Output[^1])
        {
            throw new OnnxModelException(path, $"this is not the network of {Preset}: it gives {found} numbers; expected {Output[^1]}. {Export}");
        }
    }

    private static IEnumerable<string> Compare(string what, string name, int[] found, IReadOnlyList<int> expected)
    {
        bool fits = found.Length == expected.Count && found.Zip(expected).All(pair => pair.First <= 0 || pair.Second <= 0 || pair.First == pair.Second);
        return fits ? [] : [$"its {what} '{name}' is {OnnxTensors.Describe(found)}; expected {OnnxTensors.Describe(expected)}"];
    }
}
