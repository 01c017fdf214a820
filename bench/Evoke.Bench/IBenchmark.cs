namespace Evoke.Bench;

/// <summary>One benchmark: measures Evoke and its peers in one run.</summary>
public interface IBenchmark
{
    /// <summary>The verb.</summary>
    string Name { get; }

    /// <summary>One line of help.</summary>
    string Summary { get; }

    /// <summary>Measures and prints.</summary>
    /// <param name="arguments">What followed the verb.</param>
    void Run(IReadOnlyList<string> arguments);
}
