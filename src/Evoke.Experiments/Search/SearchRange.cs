using System.Globalization;
using Evoke.Curves.Randomness;

namespace Evoke.Experiments.Search;

/// <summary>The values that a search tries for one key of the recipe.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Key">The key: "train.lr".</param>
public abstract record SearchRange(string Key)
{
    /// <summary>Draws a value, as recipes write it.</summary>
    internal abstract string Draw(ref CounterRandom random);

    /// <summary>The values at the ends of the range, each of which the recipe must accept.</summary>
    internal abstract IEnumerable<string> Edges();
}

/// <summary>Real numbers, uniformly distributed.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Key">The key.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record UniformRange(string Key, double Low, double High) : SearchRange(Key)
{
    internal override string Draw(ref CounterRandom random) => SearchNumber.Text(Low + ((High - Low) * random.NextDouble()), Low, High);

    internal override IEnumerable<string> Edges() => [SearchNumber.Text(Low), SearchNumber.Text(High)];
}

/// <summary>Real numbers above 0, uniformly distributed on a log scale.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Key">The key.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record LogUniformRange(string Key, double Low, double High) : SearchRange(Key)
{
    internal override string Draw(ref CounterRandom random) => SearchNumber.Text(Low * Math.Pow(High / Low, random.NextDouble()), Low, High);

    internal override IEnumerable<string> Edges() => [SearchNumber.Text(Low), SearchNumber.Text(High)];
}

/// <summary>Whole numbers, both ends included.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Key">The key.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record IntegerRange(string Key, int Low, int High) : SearchRange(Key)
{
    internal override string Draw(ref CounterRandom random) => SearchNumber.Text(Low + random.NextInt(High - Low + 1));

    internal override IEnumerable<string> Edges() => [SearchNumber.Text(Low), SearchNumber.Text(High)];
}

/// <summary>One of a list of values.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Key">The key.</param>
/// <param name="Values">The values, as recipes write them.</param>
public sealed record ChoiceRange(string Key, IReadOnlyList<string> Values) : SearchRange(Key)
{
    internal override string Draw(ref CounterRandom random) => Values[random.NextInt(Values.Count)];

    internal override IEnumerable<string> Edges() => Values;
}

/// <summary>Numbers of a search as text.</summary>
file static class SearchNumber
{
    private const int Digits = 4;

    /// <summary>A drawn number with four significant digits, which is precise enough. Rounding does not move it out of its range.</summary>
    public static string Text(double value, double low, double high) =>
        Text(Math.Clamp(double.Parse(value.ToString($"G{Digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), low, high));

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
