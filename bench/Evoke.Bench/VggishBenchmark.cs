using System.Globalization;
using Evoke.Curves;
using Evoke.Encoders.Deep;
using Evoke.Encoders.Networks;
using Evoke.Encoders.Signal;
using Evoke.Kernels.Torch;

namespace Evoke.Bench;

/// <summary>VGGish on a minute of sound: front end and network, each against the same in NumPy and PyTorch.</summary>
internal sealed class VggishBenchmark : IBenchmark
{
    private const int Seconds = 60;
    private const int Rounds = 5;
    private const int PatchNumbers = VggishNetwork.PatchFrames * VggishNetwork.PatchBands;

    private static readonly LogMelOptions FrontEnd = new();

    // As in torchvggish, so that both get the same patches.
    private static readonly PatchClock Clock = new(new Rate(1), FrontEnd.SampleRate, VggishHop.Patch);
    private static readonly int Patches = Clock.PatchOf(Seconds - 1) + 1;

    public string Name => "vggish";

    public string Summary => "VGGish on a minute of sound, front end and network, against torchvggish's arithmetic in PyTorch";

    public void Run(IReadOnlyList<string> arguments)
    {
        TorchRuntime.Start();
        GeneratedWeights weights = GeneratedWeights.Vggish();
        List<string[]> rows = [[$"{Patches} patches, {Seconds} s of sound", "front end", "network", "together", "relative speed"]];
        double peer = AddPeer(rows);
        float[] sound = Noise(Seconds * FrontEnd.SampleRate);
        TimeSpan frontEnd = Measurement.Of(() => TakeSound(sound), Rounds).Best;
        foreach (Precision precision in new[] { Precision.Float32, Precision.BFloat16 })
        {
            using VggishNetwork network = new(weights, "generated weights", new NetworkPlacement(ComputeDevice.Cpu, precision));
            AddRow(rows, $"Evoke, {PrecisionNames.NameOf(precision)}", frontEnd, NetworkTime(network), peer);
        }

        Table.Print([.. rows]);
    }

    private static double AddPeer(List<string[]> rows)
    {
        if (!PythonPeer.TryRun("vggish_torch.py", [], out string output))
        {
            return double.NaN;
        }

        TimeSpan[] parts = [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => TimeSpan.FromSeconds(double.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture)))];
        double together = (parts[0] + parts[1]).TotalSeconds;
        AddRow(rows, "NumPy and PyTorch, float32", parts[0], parts[1], together);
        return together;
    }

    private static void AddRow(List<string[]> rows, string what, TimeSpan frontEnd, TimeSpan network, double peer) =>
        rows.Add(
            [
                what, Table.Seconds(frontEnd), Table.Seconds(network), Table.Seconds(frontEnd + network),
                double.IsNaN(peer) ? "" : Table.Ratio(peer / (frontEnd + network).TotalSeconds)]);

    // The front end alone: the network is replaced by a stub.
    private static void TakeSound(float[] sound)
    {
        using PatchSession session = new(
            Clock, new LogMelSpectrogram(FrontEnd), patches => new float[patches.Length / PatchNumbers], width: 1, patchesPerBatch: Patches);
        session.Push(sound);
        session.Complete(Seconds);
    }

    private static TimeSpan NetworkTime(VggishNetwork network)
    {
        float[] patches = Noise(Patches * PatchNumbers);
        return Measurement.Of(() => NetworkRun.Features(network, patches, [-1, 1, VggishNetwork.PatchFrames, VggishNetwork.PatchBands]), Rounds).Best;
    }

    private static float[] Noise(int count) => Testing.GoldenTensor.SymmetricUnits("noise", count, 0.5);
}
