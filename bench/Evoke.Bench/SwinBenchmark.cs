using Evoke.Encoders.Networks;
using Evoke.Encoders.Networks.Swin;
using Evoke.Encoders.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Bench;

internal sealed class SwinBenchmark : IBenchmark
{
    public string Name => "swin";

    public string Summary => "Swin-L, seconds per frame";

    public void Run(IReadOnlyList<string> arguments)
    {
        int batch = arguments.Count > 1 ? int.Parse(arguments[1], System.Globalization.CultureInfo.InvariantCulture) : 8;
        TorchRuntime.Start();
        GeneratedWeights weights = GeneratedWeights.For(names => new SwinTransformer(SwinConfig.Large, names, "swin-l", "none", NetworkPlacement.Exact));
        foreach (Precision precision in new[] { Precision.Float32, Precision.BFloat16 })
        {
            if (arguments.Count > 0 && arguments[0] != PrecisionNames.NameOf(precision)) continue;
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            using SwinTransformer network = new(SwinConfig.Large, weights, "swin-l", "random", new NetworkPlacement(ComputeDevice.Cpu, precision));
            Console.WriteLine($"load {System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds:F2}");
            using IDisposable grad = inference_mode();
            using Tensor x = randn(batch, 3, 224, 224);
            Measurement time = Measurement.Of(() => { using DisposeScope scope = NewDisposeScope(); network.Forward(x); }, 10).Per(batch);
            Console.WriteLine($"{precision} {time.Best.TotalMilliseconds:F1} {time.Median.TotalMilliseconds:F1} ms/frame");
        }
    }
}
