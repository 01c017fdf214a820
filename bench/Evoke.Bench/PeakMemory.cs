using System.Globalization;

namespace Evoke.Bench;

/// <summary>The peak memory of a process and of its children, as Linux counts it (VmHWM).</summary>
internal sealed class PeakMemory(int processId)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<int, long> _peaks = [];

    /// <summary>Bytes of the process itself.</summary>
    public long OwnBytes => _peaks.GetValueOrDefault(processId);

    /// <summary>Bytes of all its child processes, each at its own peak.</summary>
    public long ChildrenBytes => _peaks.Where(peak => peak.Key != processId).Sum(peak => peak.Value);

    /// <summary>Watches until <paramref name="end"/>.</summary>
    public async Task WatchAsync(Task end)
    {
        while (!end.IsCompleted)
        {
            Look(processId);
            await Task.WhenAny(end, Task.Delay(Pause));
        }
    }

    private void Look(int id)
    {
        try
        {
            string line = File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            _peaks[id] = long.Parse(
                line.AsSpan("VmHWM:".Length, line.Length - "VmHWM:".Length - "kB".Length),
                NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture) << 10;
            foreach (string thread in Directory.EnumerateDirectories($"/proc/{id}/task"))
            {
                foreach (string child in File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    Look(int.Parse(child, CultureInfo.InvariantCulture));
                }
            }
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            // It has ended: its last observed peak counts.
        }
    }
}
