namespace Evoke.Files.Tests;

/// <summary>The synchronisation context of a caller, as that of a window: a library that needs it back locks out a caller that blocks.</summary>
internal sealed class CallersContext : SynchronizationContext
{
    private int _uses;

    /// <summary>How often the work came back to the context that it was started in.</summary>
    public static async Task<int> UsesOfAsync(Func<Task> work)
    {
        SynchronizationContext? before = Current;
        CallersContext context = new();
        Task task;
        SetSynchronizationContext(context);
        try
        {
            task = work();
        }
        finally
        {
            SetSynchronizationContext(before);
        }

        await task;
        return context._uses;
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref _uses);
        ThreadPool.QueueUserWorkItem(_ => d(state));
    }
}
