namespace Evoke.Studio.Jobs;

/// <summary>Reports on the working thread, in order, and may abort the work by throwing. <see cref="Progress{T}"/> would post each report
/// to another thread.</summary>
internal sealed class InlineProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
