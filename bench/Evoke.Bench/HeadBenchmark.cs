using System.Text.Json;
using Evoke.Heads.Networks;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Bench;

/// <summary>The paper's head at its size, forward: one clip, a film of an hour in one batch, and many films of a clip each, one after the other.</summary>
internal sealed class HeadBenchmark : IBenchmark
{
    private const int Steps = 60;

    // As bench/peers/head_torch.py has them.
    private static readonly Work[] s_works =
    [
        new("clip", "a clip of a minute", Clips: 1, Forwards: 1, Rounds: 30),
        new("hour", "a film of an hour, one batch of 60 clips", Clips: 60, Forwards: 1, Rounds: 5),
        new("films", "100 films of a minute, one by one", Clips: 1, Forwards: 100, Rounds: 3),
    ];

    public string Name => "head";

    public string Summary => "the paper's head forward over a clip, an hour and many films, against the same in PyTorch";

    public void Run(IReadOnlyList<string> arguments)
    {
        TorchRuntime.Start();
        using IDisposable quiet = no_grad();
        using ReactionHead head = new GruHeadConfig { VisualWidth = 1536, AudioWidth = 128, Emotions = 15 }.Create(seed: 1);
        head.eval();
        JsonElement? peer = Peer();
        List<string[]> table = [["", "", "best", "median", "ratio of medians to PyTorch", "of bests"]];
        foreach (Work work in s_works)
        {
            Measurement? theirs = peer is { } found ? Measurement.Among(found.GetProperty(work.Key).EnumerateArray().Select(at => at.GetDouble())) : null;
            if (theirs is { } time)
            {
                table.Add([work.Title, "PyTorch, float32", Table.Seconds(time.Best), Table.Seconds(time.Median), "1.00", "1.00"]);
            }

            foreach (Precision precision in new[] { Precision.Float32, Precision.BFloat16 })
            {
                head.Precision = precision;
                Measurement own = Time(head, work);
                table.Add(
                    [
                        work.Title, $"Evoke, {PrecisionNames.NameOf(precision)}", Table.Seconds(own.Best), Table.Seconds(own.Median),
                        theirs is { } other ? Table.Ratio(other.Median / own.Median) + "x faster" : "",
                        theirs is { } best ? Table.Ratio(best.Best / own.Best) + "x faster" : "",
                    ]);
            }
        }

        Table.Print([.. table]);
    }

    private static Measurement Time(ReactionHead head, Work work)
    {
        using Tensor visual = RandomTensors.Normal(work.Clips, Steps, 1536);
        using Tensor audio = RandomTensors.Normal(work.Clips, Steps, 128);
        return Measurement.Of(Forward, work.Rounds);

        void Forward()
        {
            for (int at = 0; at < work.Forwards; at++)
            {
                head.forward(visual, audio).Dispose();
            }
        }
    }

    private static JsonElement? Peer()
    {
        if (!PythonPeer.TryRun("head_torch.py", [], out string output))
        {
            return null;
        }

        JsonElement peer = JsonDocument.Parse(output).RootElement;
        string blas = string.Join(", ", peer.GetProperty("blas").EnumerateArray().Select(library => library.GetString()));
        string by = blas.Length > 0 ? blas : "no BLAS of its own found";
        Console.WriteLine($"PyTorch {peer.GetProperty("version")}: {peer.GetProperty("threads")} threads, {by}");
        return peer;
    }

    private sealed record Work(string Key, string Title, int Clips, int Forwards, int Rounds);
}
