namespace Evoke.Bench;

/// <summary>One verb of the runner: measures something and its peers in one run.</summary>
public interface IBenchmark
{
    /// <summary>The verb.</summary>
    string Name { get; }

    /// <summary>One line for people.</summary>
    string Summary { get; }

    /// <summary>Measures and prints.</summary>
    /// <param name="arguments">What followed the verb.</param>
    void Run(IReadOnlyList<string> arguments);
}
