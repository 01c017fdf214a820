namespace Evoke.Kernels.Recurrent;

/// <summary>Keeps the memory of one network's last pass for the next one of the same shape.</summary>
/// <remarks>Thread-safe: concurrent passes get memory of their own.</remarks>
public sealed class GruWorkspacePool : IDisposable
{
    private GruWorkspace? _idle;

    /// <summary>Memory for a shape: what was returned last, if it fits.</summary>
    internal GruWorkspace Take(GruShape shape)
    {
        GruWorkspace? idle = Interlocked.Exchange(ref _idle, null);
        if (idle?.Shape == shape)
        {
            return idle;
        }

        idle?.Dispose();
        return new GruWorkspace(shape);
    }

    /// <summary>Takes back memory that is no longer needed.</summary>
    internal void GiveBack(GruWorkspace workspace) => Interlocked.Exchange(ref _idle, workspace)?.Dispose();

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _idle, null)?.Dispose();
}
