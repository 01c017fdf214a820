using CliWrap;
using CliWrap.Buffered;
using CliWrap.Exceptions;
using Evoke.Heads.Networks;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Bench;

/// <summary>The paper's head at its size, forward over one clip: a minute of video.</summary>
internal sealed class HeadBenchmark : IBenchmark
{
    private const int Steps = 60;
    private const int Rounds = 20;

    public string Name => "head";

    public string Summary => "the paper's head forward per minute of video, against the same in PyTorch";

    public void Run(IReadOnlyList<string> arguments)
    {
        TorchRuntime.Start();
        using IDisposable quiet = no_grad();
        using ReactionHead head = new GruHeadConfig { VisualWidth = 1536, AudioWidth = 128, Emotions = 15 }.Create(seed: 1);
        head.eval();
        using Tensor visual = RandomTensors.Normal(1, Steps, 1536);
        using Tensor audio = RandomTensors.Normal(1, Steps, 128);
        List<string[]> table = [["", "best", "median", "ratio to PyTorch"]];
        TimeSpan? peer = Peer();
        if (peer is null)
        {
            Console.WriteLine("PyTorch is missing (Debian: apt-get install python3-torch libopenblas0-pthread): its row is left out.");
        }
        else
        {
            table.Add(["PyTorch, float32", "", Table.Seconds(peer.Value), "1.00"]);
        }

        foreach (Precision precision in new[] { Precision.Float32, Precision.BFloat16 })
        {
            head.Precision = precision;
            Measurement time = Measurement.Of(() => head.forward(visual, audio).Dispose(), Rounds);
            table.Add(
                [
                    $"Evoke, {PrecisionNames.NameOf(precision)}", Table.Seconds(time.Best), Table.Seconds(time.Median),
                    peer is null ? "" : Table.Ratio(peer.Value / time.Median) + "x faster"]);
        }

        Table.Print([.. table]);
    }

    private static TimeSpan? Peer()
    {
        string script = Path.Combine(AppContext.BaseDirectory, "peers", "head_torch.py");
        try
        {
            BufferedCommandResult result = Cli.Wrap("/usr/bin/python3").WithArguments([script]).ExecuteBufferedAsync().GetAwaiter().GetResult();
            return TimeSpan.FromSeconds(double.Parse(result.StandardOutput.Trim(), System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (Exception missing) when (missing is CommandExecutionException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
