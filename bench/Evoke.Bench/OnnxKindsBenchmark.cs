using System.Diagnostics;
using Evoke.Curves;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Extraction;
using Evoke.Encoders.Onnx;
using Evoke.Media.Reading;
using Evoke.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Evoke.Bench;

/// <summary>Each kind of ONNX network as an encoder, from decoded pictures and sound, against ONNX Runtime alone on prepared tensors.</summary>
internal sealed class OnnxKindsBenchmark : IBenchmark
{
    private const int Seconds = 24, Rounds = 9;
    private static readonly Rate Rate = new(1);

    public string Name => "onnx";

    public string Summary => "pictures, clips, samples, spectrograms and state as onnx: encoders, against ONNX Runtime on prepared tensors (aim: 1.1x) [KIND]";

    public void Run(IReadOnlyList<string> arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("evoke-bench-onnx-");
        try
        {
            List<string[]> rows = [["ms for a second of film", "ONNX Runtime, batch", "alone", "as encoder", "ratio", "from the film"]];
            foreach (OnnxBenchNetwork network in OnnxBenchNetwork.All.Where(network => arguments.Count == 0 || arguments.Contains(network.Kind)))
            {
                string path = network.Model().Save(Path.Combine(folder.FullName, $"{network.Kind}.onnx"));
                File.WriteAllText(path + ".json", network.Json);
                rows.Add(Measure(network, path, folder.FullName));
            }

            Table.Print([.. rows]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Measure(OnnxBenchNetwork network, string path, string home)
    {
        EncoderOptions options = new() { CacheFolder = home };
        using IVisualEncoder? visual = network.Hears ? null : EncoderCatalog.CreateDefault().CreateVisual($"onnx:{path}", options);
        using IAudioEncoder? audio = network.Hears ? EncoderCatalog.CreateDefault().CreateAudio($"onnx:{path}", options) : null;
        Action encode = visual is not null ? Pictures(visual) : Sound(audio!);
        (int Batch, Action Run, IDisposable Session)[] peers = [.. network.Batches.Select(batch => Peer(network, path, batch))];

        // One round of each in turn, so that other work on the machine disturbs all alike.
        encode();
        Array.ForEach(peers, peer => peer.Run());
        double own = double.MaxValue;
        double[] alone = [.. peers.Select(_ => double.MaxValue)];
        for (int round = 0; round < Rounds; round++)
        {
            own = Math.Min(own, Milliseconds(encode));
            for (int i = 0; i < peers.Length; i++)
            {
                alone[i] = Math.Min(alone[i], Milliseconds(peers[i].Run));
            }
        }

        int best = Array.IndexOf(alone, alone.Min());
        Array.ForEach(peers, peer => peer.Session.Dispose());
        string film = ExtractBenchmark.MakeFilm(Seconds);
        double whole = Milliseconds(() => new FeatureExtractor(visual, audio).ExtractAsync(film).GetAwaiter().GetResult());
        return [network.Kind, $"{peers[best].Batch}", Text(alone[best]), Text(own), Table.Ratio(own / alone[best]), Text(whole)];

        static string Text(double milliseconds) => FormattableString.Invariant($"{milliseconds / Seconds:0.00}");
    }

    private static Action Pictures(IVisualEncoder encoder)
    {
        FrameSpec spec = encoder.FramesFor(Rate);
        byte[] picture = new byte[spec.FrameBytes];
        new Random(1).NextBytes(picture);
        return () =>
        {
            using IVisualEncodingSession session = encoder.Start(Rate);
            for (int i = 0; i < Seconds * spec.Rate; i++)
            {
                BitConverter.TryWriteBytes(picture, i); // a picture that repeats is encoded once
                session.Push(new FrameChunk(i, picture));
            }

            session.Complete(Seconds);
        };
    }

    private static Action Sound(IAudioEncoder encoder)
    {
        float[] second = GoldenTensor.SymmetricUnits("noise", encoder.SampleRate, 0.5);
        return () =>
        {
            using IAudioEncodingSession session = encoder.Start(Rate);
            for (int i = 0; i < Seconds; i++)
            {
                session.Push(second);
            }

            session.Complete(Seconds);
        };
    }

    private static (int Batch, Action Run, IDisposable Session) Peer(OnnxBenchNetwork network, string path, int batch)
    {
        OnnxRuntimeLibrary.Start();
        InferenceSession session = new(path);
        RunOptions run = new();
        float[] values = GoldenTensor.SymmetricUnits("items", batch * network.ItemShape.Aggregate(1, (a, b) => a * b), 1);
        OrtValue items = OrtValue.CreateTensorValueFromMemory(values, [batch, .. network.ItemShape]);
        string[] inputs = network.StateShape is null ? ["x"] : ["x", "state"], outputs = network.StateShape is null ? ["y"] : ["y", "next"];
        return (batch, Run, session);

        void Run()
        {
            OrtValue? state = network.StateShape is { } shape
                ? OrtValue.CreateTensorValueFromMemory(new float[shape.Aggregate(1L, (a, b) => a * b)], shape)
                : null;
            for (int done = 0; done < Seconds * network.ItemsPerSecond; done += batch)
            {
                IDisposableReadOnlyCollection<OrtValue> found = session.Run(run, inputs, state is null ? [items] : [items, state], outputs);
                state?.Dispose();
                state = state is null ? null : found[1];
                found[0].Dispose();
            }

            state?.Dispose();
        }
    }

    private static double Milliseconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
