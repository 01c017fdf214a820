using System.Globalization;
using Evoke.Fuzz.Readers;

namespace Evoke.Fuzz.Campaigns;

/// <summary>Feeds a reader with damaged inputs in child processes, and keeps what ends in anything that the reader does not document.</summary>
internal sealed class Campaign(FuzzedReader reader, CampaignOptions options)
{
    private const int KeptOfAKind = 3;

    private readonly Dictionary<string, (Finding First, int Count)> _findings = new(StringComparer.Ordinal);
    private int _next;
    private int _accepted;
    private double _slowest;
    private long _largest;

    /// <summary>Runs to its end.</summary>
    public async Task<CampaignResult> RunAsync(CancellationToken cancellationToken)
    {
        while (_next < options.Inputs)
        {
            string folder = Directory.CreateTempSubdirectory("evoke-fuzz-").FullName;
            try
            {
                await RunWorkerAsync(folder, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return new CampaignResult(reader.Name, options.Inputs, _accepted, _slowest, _largest, [.. _findings.Values]);
    }

    // Until the end of the inputs, or up to one that ends the process.
    private async Task RunWorkerAsync(string folder, CancellationToken cancellationToken)
    {
        int first = _next;
        using WorkerProcess worker = new(reader, options, first, folder);
        while (true)
        {
            (WorkerState state, string line) = await worker.NextAsync(cancellationToken).ConfigureAwait(false);
            if (state == WorkerState.Ended)
            {
                return;
            }

            if (state != WorkerState.Works)
            {
                string input = Worker.InputIn(folder, reader);
                string what = state == WorkerState.Hangs ? FormattableString.Invariant($"hangs: cut after {options.Hang.TotalSeconds:0} s") : line;
                if (!File.Exists(input))
                {
                    throw new InvalidOperationException($"The seeds of {reader.Name} cannot be made: {what}");
                }

                Keep(_next, what, input);
                _next++;
                return;
            }

            if (!Hear(line, first, folder))
            {
                return;
            }
        }
    }

    // False if the process is to be replaced: its peak of memory says nothing about the inputs that follow.
    private bool Hear(string line, int first, string folder)
    {
        string[] words = line.Split('\t');
        int index = int.Parse(words[1], CultureInfo.InvariantCulture);
        double seconds = double.Parse(words[3], CultureInfo.InvariantCulture);
        long megabytes = long.Parse(words[4], CultureInfo.InvariantCulture);
        bool warm = index > first; // The first input of a process compiles the code.
        _next = index + 1;
        _accepted += words[0] == "accepted" ? 1 : 0;
        _slowest = warm ? Math.Max(_slowest, seconds) : _slowest;
        _largest = Math.Max(_largest, megabytes);
        bool slow = options.CountsCost && warm && seconds > Worker.SlowSeconds, large = options.CountsCost && megabytes > Worker.LargeMegabytes;
        if (words[0] == "failed" || slow || large)
        {
            string what = words[0] == "failed" ? words[2]
                : slow ? FormattableString.Invariant($"slow ## {seconds:0.0} s of processor time")
                : FormattableString.Invariant($"large ## {megabytes} MiB of memory");
            Keep(index, what, Worker.KeptIn(folder, index));
        }

        return !large;
    }

    private void Keep(int index, string what, string input)
    {
        string kind = what.Split(" ## ")[0];
        (Finding First, int Count) known = _findings.GetValueOrDefault(kind);
        if (known.Count < KeptOfAKind)
        {
            string kept = Path.Combine(
                Directory.CreateDirectory(options.Keep).FullName,
                string.Create(CultureInfo.InvariantCulture, $"{reader.Name}-{options.Seed}-{index}{Path.GetExtension(reader.FileName)}"));
            File.Copy(input, kept, overwrite: true);
            known.First ??= new Finding(reader.Name, index, what, kept);
        }

        _findings[kind] = (known.First, known.Count + 1);
    }
}
