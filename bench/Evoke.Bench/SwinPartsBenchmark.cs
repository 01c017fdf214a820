using System.Globalization;
using Evoke.Encoders.Networks;
using Evoke.Encoders.Networks.Attention;
using Evoke.Encoders.Networks.Layers;
using Evoke.Encoders.Networks.Swin;
using Evoke.Encoders.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Bench;

/// <summary>Where Swin-L's time goes in bfloat16: each part of its blocks alone, and what 8-bit products would change.</summary>
internal sealed class SwinPartsBenchmark : IBenchmark
{
    private const int Frames = 8;
    private const int Rounds = 5;
    private static readonly NetworkPlacement Placement = new(ComputeDevice.Cpu, Precision.BFloat16);

    private readonly SwinConfig _config = SwinConfig.Large;
    private readonly Dictionary<string, double[]> _milliseconds = [];

    public string Name => "swin-parts";

    public string Summary => "the parts of Swin-L's blocks in bfloat16, milliseconds per frame, and its linear layers in int8";

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
        WindowGeometry plain = SwinStage.PlainWindows(_config, stage);
        (int width, int heads, int blocks) = (_config.Width << stage, _config.Heads[stage], _config.Depths[stage]);
        int hidden = SwinBlock.HiddenRatio * width;
        Tensor tokens = Random(plain.Tokens, width), joined = Random(plain.Tokens, 3 * width), wide = Random(plain.Tokens, hidden);
        void Time(string part, int count, Func<Tensor> action) =>
            (_milliseconds.TryGetValue(part, out double[]? stages) ? stages : _milliseconds[part] = new double[_config.Depths.Count])[stage] =
                Measurement.Of(() => action().Dispose(), Rounds).Best.TotalMilliseconds * count / Frames;

        Tensor scale = ones(width, ScalarType.BFloat16), shift = zeros(width, ScalarType.BFloat16);
        Time("layer normalisation", 2 * blocks, () => nn.functional.layer_norm(tokens, [width], scale, shift));
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

    private static void MeasureLinear(string part, int count, Tensor input, int outputs, Activation activation, bool add, Action<string, int, Func<Tensor>> time)
    {
        Tensor weight = randn(outputs, input.shape[2]) / Math.Sqrt(input.shape[2]), bias = randn(outputs);
        using LinearLayer layer = LinearLayer.Create(weight, bias, Placement, activation);
        using Int8Linear small = new(weight, bias);
        Tensor residual = zeros(input.shape[0], input.shape[1], outputs, dtype: ScalarType.BFloat16);
        Tensor rows = input.view(-1, input.shape[2]), residualRows = residual.view(-1, outputs);
        ThrowIfApart(layer.Forward(input), small.Forward(rows, activation == Activation.Gelu));
        time(part, count, () => add ? layer.ForwardAdd(input, residual) : layer.Forward(input));
        time($"{part}, int8", count, () => InScope(() => add ? small.ForwardAdd(rows, residualRows) : small.Forward(rows, activation == Activation.Gelu)));
    }

    private static void ThrowIfApart(Tensor exact, Tensor approximate)
    {
        double cosine = nn.functional.cosine_similarity(exact.to(ScalarType.Float32).view(1, -1), approximate.to(ScalarType.Float32).view(1, -1)).item<float>();
        if (cosine < 0.999)
        {
            throw new InvalidOperationException($"A layer in int8 is another layer: its cosine to bfloat16 is {cosine}.");
        }
    }

    private static Tensor InScope(Func<Tensor> action)
    {
        using DisposeScope scope = NewDisposeScope();
        return action().MoveToOuterDisposeScope();
    }

    private static Tensor Random(int tokens, int width) => randn(Frames, tokens, width).to(ScalarType.BFloat16);
}
