namespace Evoke.Studio.Jobs;

/// <summary>Reports on the thread that works, in order, and may end the work by throwing; <see cref="Progress{T}"/> would post each report elsewhere.</summary>
internal sealed class InlineProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
