using Evoke.Files;
using Evoke.Kernels.Torch;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Evoke.Encoders.Onnx;

/// <summary>An ONNX file in use: a batch of items in, a row of features for each item out. Constants fill other inputs; state goes round.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private const int ItemsAtOnce = 8;

    // A batch of large items would only take memory: about 64 MB of float32.
    private const int NumbersAtOnce = 1 << 24;
    private const long MostNumbers = 1 << 28;

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string _path;
    private readonly OnnxWiring _wiring;
    private readonly int[] _inputShape;
    private readonly TensorElementType _inputType;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly DisposableList<OrtValue> _constants = [];
    private int _constantsBatch;
    private int[] _itemShape = [];

    private OnnxNetwork(string path, InferenceSession session, string sha256, OnnxWiring wiring)
    {
        _path = path;
        _session = session;
        Sha256 = sha256;
        _wiring = wiring;
        _inputShape = session.InputMetadata[wiring.Input].Dimensions;
        _inputType = session.InputMetadata[wiring.Input].ElementDataType;
        _inputNames = [wiring.Input, .. wiring.Constants.Keys, .. wiring.State.Keys];
        _outputNames = [wiring.Output, .. wiring.State.Values];
    }

    /// <summary>Name of the input in use.</summary>
    public string InputName => _wiring.Input;

    /// <summary>Extent of each dimension of the input; -1 where any will do. The first is the batch.</summary>
    public int[] InputShape => _inputShape;

    /// <summary>The input, for messages: "the input 'x' is float32 [any, 3, 224, 224]".</summary>
    public string InputText => $"the input '{InputName}' is {OnnxTensors.Describe(_session.InputMetadata[InputName])}";

    /// <summary>Name of the output in use.</summary>
    public string OutputName => _wiring.Output;

    /// <summary>Extent of each dimension of the output; -1 where any will do; empty if the file does not say.</summary>
    public int[] OutputShape => _session.OutputMetadata[OutputName].Dimensions;

    /// <summary>SHA-256 of all its files, see <see cref="OnnxFiles"/>.</summary>
    public string Sha256 { get; }

    /// <summary>Values per item; known after <see cref="Accept"/>.</summary>
    public int FeatureWidth { get; private set; }

    /// <summary>True if it carries state: items go in one by one, in order.</summary>
    public bool CarriesState => _wiring.State.Count > 0;

    /// <summary>How many items go in at once.</summary>
    public int BatchSize { get; private set; } = 1;

    /// <summary>All inputs, for people.</summary>
    public IEnumerable<string> Inputs => _session.InputMetadata.Select(node => $"{node.Key} {OnnxTensors.Describe(node.Value)}");

    /// <summary>All outputs, for people.</summary>
    public IEnumerable<string> Outputs => _session.OutputMetadata.Select(node => $"{node.Key} {OnnxTensors.Describe(node.Value)}");

    /// <summary>Loads a file.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="description">What feeds which input, which output is used and how.</param>
    /// <param name="output">Name of the output; null for that of <paramref name="description"/>.</param>
    /// <param name="options">Where it runs. ONNX files run in the precision they were exported in.</param>
    /// <param name="mistakes">Gets what does not fit; the caller goes on only if the input is known.</param>
    /// <exception cref="OnnxModelException">
    /// The file cannot be read, or its input is unclear; or a file with its weights is missing or outside its folder.
    /// </exception>
    /// <exception cref="PrecisionException">A precision other than float32 was requested.</exception>
    /// <exception cref="ComputeDeviceException">The device is not available.</exception>
    public static OnnxNetwork Load(string path, OnnxDescription description, string? output, EncoderOptions options, OnnxMistakes mistakes)
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
            OnnxWiring wiring = OnnxWiring.Of(session.InputMetadata, session.OutputMetadata, description, output, mistakes);
            return new OnnxNetwork(path, session, sha256, wiring);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The description with the names of the input and the output, and with all that the wiring uses.</summary>
    public OnnxDescription Named(OnnxDescription description) => description with
    {
        Input = InputName,
        Output = OutputName,
        Constants = _wiring.Constants.Count > 0 ? _wiring.Constants : null,
        State = CarriesState ? _wiring.State : null,
        L2 = _wiring.Form.ToLength1 ? true : null,
    };

    /// <summary>Fixes the shape of an item. Where the output's shape is open, one item of zeros is run.</summary>
    /// <exception cref="OnnxModelException">The output does not fit its pooling, or the network cannot be run on such items.</exception>
    public void Accept(int[] itemShape)
    {
        long numbers = itemShape.Aggregate(1L, (product, extent) => product * extent);
        if (numbers > MostNumbers)
        {
            throw new OnnxModelException(
                _path, FormattableString.Invariant($"one item, {OnnxTensors.Describe(itemShape)}, has {numbers} numbers; expected at most {MostNumbers}."));
        }

        _itemShape = itemShape;
        ItemNumbers = (int)numbers;
        BatchSize = CarriesState ? 1 : InputShape[0] > 0 ? InputShape[0] : Math.Clamp(NumbersAtOnce / ItemNumbers, 1, ItemsAtOnce);
        FeatureWidth = _wiring.Form.WidthOf(_session.OutputMetadata[OutputName].Dimensions) ?? WidthByTrial();
        if (FeatureWidth <= 0)
        {
            throw new OnnxModelException(
                _path, $"the output '{OutputName}' is {OnnxTensors.Describe(_session.OutputMetadata[OutputName])}; expected {_wiring.Form.Expected}.");
        }
    }

    /// <summary>Starts the state of a video: zeros.</summary>
    public OnnxState StartState() => new(_wiring.State.Keys.ToDictionary(
        name => name,
        name => OnnxTensors.Filled(_session.InputMetadata[name].ElementDataType, 0, ShapeOf(name, 1))!));

    /// <summary>Runs a batch.</summary>
    /// <param name="values">Row-major, of whole items; they must not change while this runs.</param>
    /// <param name="state">The state of the video, which is moved on; null for a network without.</param>
    /// <returns>Row-major [items, <see cref="FeatureWidth"/>].</returns>
    public float[] Run(Memory<float> values, OnnxState? state = null)
    {
        int items = values.Length / ItemNumbers;

        // A network of a fixed batch gets a whole one; what is too much is dropped again.
        int batch = _inputShape[0] > 0 ? _inputShape[0] : items;
        if (batch != items)
        {
            float[] whole = new float[batch * ItemNumbers];
            values.CopyTo(whole);
            values = whole;
        }

        (float[] output, long[] shape) = RunSession(values, batch, state);
        int? width = _wiring.Form.WidthOf([.. shape.Select(extent => (int)extent)]);
        return (shape.Length == 0 ? 1 : shape[0]) == batch && width == FeatureWidth
            ? Rows(output, batch, items)
            : throw new OnnxModelException(
                _path,
                $"the output '{OutputName}' gave {OnnxTensors.Describe(shape)} for {batch} items; expected {_wiring.Form.Expected} with N = {batch} and "
                + $"{FeatureWidth} numbers for each.");
    }

    public void Dispose()
    {
        _constants.Dispose();
        _run.Dispose();
        _session.Dispose();
    }

    private int ItemNumbers { get; set; }

    private float[] Rows(float[] output, int batch, int items)
    {
        float[] rows = _wiring.Form.ToRows(output, batch, FeatureWidth);
        return items == batch ? rows : rows[..(items * FeatureWidth)];
    }

    private static InferenceSession Open(string path, ComputeDevice device)
    {
        OnnxRuntimeLibrary.Start();
        using SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };

        if (device.IsCuda)
        {
            UseCuda(options, device);
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

    private static void UseCuda(SessionOptions options, ComputeDevice device)
    {
        if (!OnnxRuntimeLibrary.HasCuda)
        {
            throw new ComputeDeviceException(
                $"Device {device} was requested; this build has ONNX Runtime for the CPU (build with -p:OnnxBackend=cuda for CUDA, see docs/gpu.md).");
        }

        try
        {
            options.AppendExecutionProvider_CUDA(device.Index);
        }
        catch (OnnxRuntimeException error)
        {
            throw new ComputeDeviceException($"Device {device} was requested; ONNX Runtime cannot use it: {error.Message}");
        }
    }

    private int WidthByTrial()
    {
        int batch = InputShape[0] > 0 ? InputShape[0] : 1;
        using OnnxState? state = CarriesState ? StartState() : null;
        (_, long[] shape) = RunSession(new float[batch * ItemNumbers], batch, state);
        return _wiring.Form.WidthOf([.. shape.Select(extent => (int)extent)]) ?? 0;
    }

    private (float[] Values, long[] Shape) RunSession(Memory<float> values, int batch, OnnxState? state)
    {
        using OrtValue items = OnnxTensors.Of(_inputType, values, [batch, .. _itemShape]);
        List<OrtValue> inputs = [items, .. ConstantsFor(batch)];
        foreach (string name in state is null ? [] : _wiring.State.Keys)
        {
            inputs.Add(state![name]);
        }

        try
        {
            IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_run, _inputNames, inputs, _outputNames);
            int next = 1;
            foreach (string name in state is null ? [] : _wiring.State.Keys)
            {
                state!.Set(name, outputs[next++]);
            }

            using OrtValue features = outputs[0];
            return (OnnxTensors.Read(features), features.GetTensorTypeAndShape().Shape);
        }
        catch (OnnxRuntimeException error)
        {
            throw new OnnxModelException(_path, $"it cannot be run: {error.Message}", error);
        }
    }

    // The same for all batches of one size.
    private DisposableList<OrtValue> ConstantsFor(int batch)
    {
        if (batch != _constantsBatch)
        {
            _constants.Dispose();
            foreach ((string name, double value) in _wiring.Constants)
            {
                _constants.Add(OnnxTensors.Filled(_session.InputMetadata[name].ElementDataType, value, ShapeOf(name, batch))!);
            }

            _constantsBatch = batch;
        }

        return _constants;
    }

    // An open first dimension is the batch; other open dimensions are 1, or as long as the item where that has such a dimension too.
    private long[] ShapeOf(string name, int batch)
    {
        NodeMetadata node = _session.InputMetadata[name];
        string[] symbols = node.SymbolicDimensions, itemSymbols = _session.InputMetadata[InputName].SymbolicDimensions;
        return [.. node.Dimensions.Select((extent, i) => extent > 0 ? extent : ExtentOf(symbols[i], i))];

        long ExtentOf(string symbol, int at)
        {
            int same = symbol.Length == 0 ? -1 : Array.IndexOf(itemSymbols, symbol);
            return same > 0 ? _itemShape[same - 1] : same == 0 || at == 0 ? batch : 1;
        }
    }
}
