using Evoke.Encoders.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Evoke.Bench;

/// <summary>ONNX Runtime on a graph with one input and one output.</summary>
internal static class OnnxPeer
{
    /// <summary>Seconds for each item of a batch.</summary>
    public static double SecondsPerItem(string path, long[] shape)
    {
        OnnxRuntimeLibrary.Start();
        using InferenceSession session = new(path);
        using RunOptions run = new();
        float[] values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        Random random = new(1);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (random.NextSingle() * 2) - 1;
        }

        using OrtValue input = OrtValue.CreateTensorValueFromMemory(values, shape);
        string[] names = [session.InputNames[0]];
        string[] outputs = [session.OutputNames[0]];
        return Measurement.Of(() => session.Run(run, names, [input], outputs).Dispose(), 5).Per(shape[0]).Best.TotalSeconds;
    }
}
