using System.Globalization;
using Evoke.Encoders.Networks;
using Evoke.Kernels.Attention;
using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Bench;

/// <summary>Where Swin-L's time goes in bfloat16: each part of its blocks alone, and what 8-bit products would change.</summary>
internal sealed class SwinPartsBenchmark : IBenchmark
{
    private const int Frames = 8;
    private const int Rounds = 5;
    private static readonly NetworkPlacement Placement = new(ComputeDevice.Cpu, Precision.BFloat16), Int8 = new(ComputeDevice.Cpu, Precision.Int8);

    private readonly SwinConfig _config = SwinConfig.Large;
    private readonly Dictionary<string, double[]> _milliseconds = [];

    public string Name => "swin-parts";

    public string Summary => "the parts of Swin-L's blocks in bfloat16, milliseconds per frame, and of its linear layers in int8";

    public void Run(IReadOnlyList<string> arguments)
    {
        TorchRuntime.Start();
        using IDisposable inference = inference_mode();
        double floor = GemmFloor.SecondsPerGigaflop(ScalarType.BFloat16);
        for (int stage = 0; stage < _config.Depths.Count; stage++)
        {
            MeasureStage(stage);
        }

        Table.Print([["ms a frame, bfloat16", "stage 1", "stage 2", "stage 3", "stage 4", "sum"], .. _milliseconds.Select(part => Row(part.Key, part.Value))]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"best product: {1 / floor:0} GFLOP/s"));
    }

    private static string[] Row(string what, double[] stages) =>
        [what, .. stages.Append(stages.Sum()).Select(time => time.ToString("0.00", CultureInfo.InvariantCulture))];

    private void MeasureStage(int stage)
    {
        using DisposeScope scope = NewDisposeScope();
        WindowGeometry plain = _config.WindowsOf(stage);
        (int width, int heads, int blocks) = (_config.Width << stage, _config.Heads[stage], _config.Depths[stage]);
        int hidden = SwinConfig.HiddenRatio * width;
        Tensor tokens = Random(plain.Tokens, width), joined = Random(plain.Tokens, 3 * width), wide = Random(plain.Tokens, hidden);
        void Time(string part, int count, Func<Tensor> action) =>
            (_milliseconds.TryGetValue(part, out double[]? stages) ? stages : _milliseconds[part] = new double[_config.Depths.Count])[stage] =
                Measurement.Of(() => action().Dispose(), Rounds).Best.TotalMilliseconds * count / Frames;

        Tensor scale = ones(width), shift = zeros(width);
        Tensor typedScale = scale.to(ScalarType.BFloat16), typedShift = shift.to(ScalarType.BFloat16);
        Time("layer normalisation", 2 * blocks, () => RowNormalisation.Compute(tokens, scale, shift));
        Time("layer normalisation, libtorch's", 2 * blocks, () => nn.functional.layer_norm(tokens, [width], typedScale, typedShift));
        WindowGeometry shifted = plain with { Shift = plain.Window / 2 };
        Tensor order = tensor(TokenOrder.Between(plain.Order, shifted.Order));
        Time("gather of shifted windows", plain.Side > plain.Window ? blocks : 0, () => tokens.index_select(1, order));
        MeasureLinear("qkv", blocks, tokens, 3 * width, Activation.None, add: false, Time);
        Tensor bias = zeros(1, heads, plain.WindowTokens, WindowAttention.PaddedKeys(plain.WindowTokens));
        Tensor parts = joined.view(Frames * plain.Windows, plain.WindowTokens, 3, heads, -1);
        int[] kinds = new int[plain.Windows];
        Time("attention", blocks, () => WindowAttention.Compute(parts, heads, bias, kinds));
        MeasureLinear("projection, addition", blocks, tokens, width, Activation.None, add: true, Time);
        MeasureLinear("hidden layer, GELU", blocks, tokens, hidden, Activation.Gelu, add: false, Time);
        MeasureLinear("hidden layer without GELU", blocks, tokens, hidden, Activation.None, add: false, Time);
        MeasureLinear("output layer, addition", blocks, wide, width, Activation.None, add: true, Time);
    }

    private static void MeasureLinear(
        string part, int count, Tensor input, int outputs, Activation activation, bool add, Action<string, int, Func<Tensor>> time)
    {
        Tensor weight = RandomTensors.Normal(outputs, input.shape[2]) / Math.Sqrt(input.shape[2]), bias = RandomTensors.Normal(outputs);
        using LinearLayer layer = LinearLayer.Create(weight, bias, Placement, activation);
        using LinearLayer small = LinearLayer.Create(weight, bias, Int8, activation);
        Tensor residual = zeros(input.shape[0], input.shape[1], outputs, dtype: ScalarType.BFloat16);
        time(part, count, () => add ? layer.ForwardAdd(input, residual) : layer.Forward(input));
        time($"{part}, int8", count, () => add ? small.ForwardAdd(input, residual) : small.Forward(input));
    }

    private static Tensor Random(int tokens, int width) => RandomTensors.Normal(Frames, tokens, width).to(ScalarType.BFloat16);
}
