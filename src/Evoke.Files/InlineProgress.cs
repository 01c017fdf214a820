namespace Evoke.Files;

/// <summary>Passes reports on at once, on the thread that makes them and in order; <see cref="Progress{T}"/> posts each to another thread, where they may
/// arrive late and out of order. If the receiver throws, the work ends with that exception.</summary>
/// <remarks>As thread-safe as the receiver.</remarks>
/// <typeparam name="T">What is reported.</typeparam>
/// <param name="receiver">Receives the reports.</param>
/// <example>
/// <code>
/// IProgress&lt;double&gt; progress = new InlineProgress&lt;double&gt;(share => Console.WriteLine($"{share:0 %}"));
/// </code>
/// </example>
public sealed class InlineProgress<T>(Action<T> receiver) : IProgress<T>
{
    private readonly Action<T> _receiver = receiver ?? throw new ArgumentNullException(nameof(receiver));

    /// <inheritdoc/>
    public void Report(T value) => _receiver(value);
}
