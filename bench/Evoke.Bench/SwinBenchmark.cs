using System.Diagnostics;
using System.Globalization;
using Evoke.Encoders.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Bench;

/// <summary>Swin-L, a frame: against PyTorch, against ONNX Runtime on the graph that PyTorch exports, and against the best matrix product of this
/// machine.</summary>
internal sealed class SwinBenchmark : IBenchmark
{
    private const int FramesPerBatch = 8;
    private const double GigaflopsPerFrame = 69;

    public string Name => "swin";

    public string Summary => "Swin-L, seconds per frame: Evoke, PyTorch, ONNX Runtime, and the lower bound of this machine";

    public void Run(IReadOnlyList<string> arguments)
    {
        TorchRuntime.Start();
        using IDisposable inference = inference_mode();
        ResultTable table = new("Swin-L 224, 69 GFLOP a frame", "s/frame");
        table.Add("floor: best float32 product", GemmFloor.SecondsPerGigaflop(ScalarType.Float32) * GigaflopsPerFrame);
        table.Add("floor: best bfloat16 product", GemmFloor.SecondsPerGigaflop(ScalarType.BFloat16) * GigaflopsPerFrame);

        GeneratedWeights weights = GeneratedWeights.SwinLarge();
        foreach (Precision precision in Enum.GetValues<Precision>())
        {
            long start = Stopwatch.GetTimestamp();
            using SwinTransformer network = Load(weights, precision);
            string load = Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
            using Tensor frames = RandomTensors.Normal(FramesPerBatch, 3, 224, 224);
            Measurement time = Measurement.Of(() => Forward(network, frames), rounds: 8).Per(FramesPerBatch);
            table.Add($"Evoke, {PrecisionNames.NameOf(precision)}, batch {FramesPerBatch} (loaded in {load} s)", time.Best.TotalSeconds);
        }

        using TemporaryFile graph = new("swin.onnx");
        if (PythonPeer.TryRun("swin_torch.py", [graph.Path], out string output))
        {
            table.AddLines(output);
            foreach (int batch in new[] { 1, FramesPerBatch })
            {
                table.Add($"ONNX Runtime, float32, batch {batch}", OnnxPeer.SecondsPerItem(graph.Path, [batch, 3, 224, 224]));
            }
        }

        table.Print("PyTorch, float32");
    }

    private static SwinTransformer Load(IStateDict weights, Precision precision) =>
        new(SwinConfig.Large, weights, "swin-l", "generated weights", new NetworkPlacement(ComputeDevice.Cpu, precision));

    private static void Forward(SwinTransformer network, Tensor frames)
    {
        using DisposeScope scope = NewDisposeScope();
        network.Forward(frames);
    }
}
