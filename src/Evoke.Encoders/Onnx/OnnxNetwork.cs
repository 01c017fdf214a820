using System.Globalization;
using Evoke.Files;
using Evoke.Kernels.Torch;
using Microsoft.ML.OnnxRuntime;

namespace Evoke.Encoders.Onnx;

/// <summary>An ONNX file with one float input and one float output in use: a batch in, a row of features for each item out.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private const int ItemsAtOnce = 8;

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string _path;

    private OnnxNetwork(string path, InferenceSession session, string sha256, string? input, string? output)
    {
        _path = path;
        Sha256 = sha256;
        _session = session;
        (InputName, InputShape) = Choose(session.InputMetadata, input, "input");
        (OutputName, int[] outputShape) = Choose(session.OutputMetadata, output, "output");
        FeatureWidth = WidthOf(outputShape);
    }

    /// <summary>Name of the input in use.</summary>
    public string InputName { get; }

    /// <summary>Extent of each dimension of the input; -1 where any will do. The first is the batch.</summary>
    public int[] InputShape { get; }

    /// <summary>Name of the output in use.</summary>
    public string OutputName { get; }

    /// <summary>SHA-256 of all its files, see <see cref="OnnxFiles"/>.</summary>
    public string Sha256 { get; }

    /// <summary>Values per item.</summary>
    public int FeatureWidth { get; }

    /// <summary>How many items go in at once.</summary>
    public int BatchSize => InputShape[0] > 0 ? InputShape[0] : ItemsAtOnce;

    /// <summary>Loads a file.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="input">Name of the input; null if there is only one.</param>
    /// <param name="output">Name of the output; null if there is only one.</param>
    /// <param name="options">Where it runs. ONNX files run in the precision they were exported in.</param>
    /// <exception cref="OnnxModelException">
    /// The file cannot be read, or has no such input and output; or a file with its weights is missing or outside its folder.
    /// </exception>
    /// <exception cref="PrecisionException">A precision other than float32 was requested.</exception>
    /// <exception cref="ComputeDeviceException">The device is not available.</exception>
    public static OnnxNetwork Load(string path, string? input, string? output, EncoderOptions options)
    {
        if (options.Precision is { } precision && precision != Precision.Float32)
        {
            throw new PrecisionException(
                $"{path}: an ONNX file runs in the precision it was exported in; {PrecisionNames.NameOf(precision)} is not available.");
        }

        if (!File.Exists(path))
        {
            throw new OnnxModelException(path, Directory.Exists(path) ? "this is a folder; expected an ONNX file." : "there is no such file.");
        }

        // First the hash, which refuses files outside the network's folder: ONNX Runtime opens them.
        string sha256 = OnnxFiles.Sha256Of(path, new FileHashes(options.CacheFolder));
        InferenceSession session = Open(path, options.Device);
        try
        {
            return new OnnxNetwork(path, session, sha256, input, output);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a batch.</summary>
    /// <param name="values">Row-major, of whole items.</param>
    /// <param name="itemShape">The shape of one item.</param>
    /// <returns>Row-major [items, <see cref="FeatureWidth"/>].</returns>
    public float[] Run(float[] values, ReadOnlySpan<int> itemShape)
    {
        int itemNumbers = 1;
        foreach (int extent in itemShape)
        {
            itemNumbers *= extent;
        }

        int items = values.Length / itemNumbers;

        // A network of a fixed batch gets a whole one; what is too much is dropped again.
        int batch = InputShape[0] > 0 ? InputShape[0] : items;
        Array.Resize(ref values, batch * itemNumbers);
        long[] shape = [batch, .. itemShape];
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = RunSession(input);
        ReadOnlySpan<float> features = outputs[0].GetTensorDataAsSpan<float>();
        return features.Length == batch * FeatureWidth
            ? features[..(items * FeatureWidth)].ToArray()
            : throw new OnnxModelException(
                _path, $"the output '{OutputName}' gave {features.Length} numbers for {batch} items; expected {FeatureWidth} for each.");
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static InferenceSession Open(string path, ComputeDevice device)
    {
        OnnxRuntimeLibrary.Start();
        using SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        try
        {
            if (device.IsCuda)
            {
                options.AppendExecutionProvider_CUDA(device.Index);
            }
        }
        catch (Exception error) when (error is OnnxRuntimeException or EntryPointNotFoundException)
        {
            throw new ComputeDeviceException($"Device {device} was requested; this build of ONNX Runtime does not have it: {error.Message}");
        }

        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new OnnxModelException(path, $"it cannot be loaded: {error.Message}", error);
        }
    }

    private IDisposableReadOnlyCollection<OrtValue> RunSession(OrtValue input)
    {
        try
        {
            return _session.Run(_run, [InputName], [input], [OutputName]);
        }
        catch (OnnxRuntimeException error)
        {
            throw new OnnxModelException(_path, $"it cannot be run: {error.Message}", error);
        }
    }

    private (string Name, int[] Shape) Choose(IReadOnlyDictionary<string, NodeMetadata> nodes, string? wanted, string what)
    {
        string known = string.Join(", ", nodes.Select(node => $"{node.Key} {Describe(node.Value)}"));
        if (wanted is null && nodes.Count != 1)
        {
            string how = what == "output" ? $"onnx:{System.IO.Path.GetFileName(_path)}#NAME or \"output\"" : "\"input\"";
            throw new OnnxModelException(_path, $"it has several {what}s: {known}. Choose one with {how} in {System.IO.Path.GetFileName(_path)}.json.");
        }

        string name = wanted ?? nodes.Keys.First();
        if (!nodes.TryGetValue(name, out NodeMetadata? chosen))
        {
            throw new OnnxModelException(_path, $"it has no {what} '{name}'; it has {known}.");
        }

        return chosen.IsTensor && chosen.ElementType == typeof(float) && chosen.Dimensions.Length > 0
            ? (name, chosen.Dimensions)
            : throw new OnnxModelException(_path, $"the {what} '{name}' is {Describe(chosen)}; expected a tensor of float32.");
    }

    // [N, D], or [N, D, 1, 1] of a network that ends with a pooling.
    private int WidthOf(int[] shape)
    {
        int[] item = shape[1..];
        return item.Length > 0 && item.All(extent => extent > 0)
            ? item.Aggregate(1, (product, extent) => product * extent)
            : throw new OnnxModelException(_path, $"the output '{OutputName}' is [{Extents(shape)}]; expected a batch of rows of a fixed width.");
    }

    private static string Describe(NodeMetadata node) =>
        node.IsTensor ? $"{node.ElementType.Name} [{Extents(node.Dimensions)}]" : node.OnnxValueType.ToString();

    private static string Extents(int[] shape) =>
        string.Join(", ", shape.Select(extent => extent > 0 ? extent.ToString(CultureInfo.InvariantCulture) : "any"));
}
