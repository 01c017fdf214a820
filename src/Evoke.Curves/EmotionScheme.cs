using System.Collections.Immutable;

namespace Evoke.Curves;

/// <summary>An ordered list of emotion names: the columns of curves, of a label file or of a network's output.</summary>
/// <remarks>Two schemes are equal if they have the same names in the same order (ordinal comparison). Immutable and thread-safe.</remarks>
public sealed class EmotionScheme : IEquatable<EmotionScheme>
{
    /// <summary>Creates a scheme from names in column order.</summary>
    /// <param name="names">At least one name; not empty and not repeated (ordinal comparison).</param>
    /// <exception cref="ArgumentException">There is no name, or one is empty or repeated.</exception>
    public EmotionScheme(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = [.. names];
        if (Names.IsEmpty)
        {
            throw new ArgumentException("A scheme needs at least one emotion name; found none.", nameof(names));
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in Names)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                throw new ArgumentException($"An emotion name is empty; the names are: {string.Join(", ", Names)}.", nameof(names));
            }

            if (!seen.Add(name))
            {
                throw new ArgumentException($"The emotion name '{name}' appears twice.", nameof(names));
            }
        }
    }

    /// <summary>The 15 expressions of the EEV dataset, in its order (Sun et al., arXiv:2001.05488).</summary>
    public static EmotionScheme Eev { get; } = new(
    [
        "amusement", "anger", "awe", "concentration", "confusion", "contempt", "contentment", "disappointment",
        "doubt", "elation", "interest", "pain", "sadness", "surprise", "triumph",
    ]);

    /// <summary>Arousal and valence: the two curves of the model that needs no training (Hanjalic and Xu, 2005).</summary>
    public static EmotionScheme Affect { get; } = new(["arousal", "valence"]);

    /// <summary>The names, in column order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Number of emotions, at least 1.</summary>
    public int Count => Names.Length;

    /// <summary>The column of <paramref name="name"/>, or -1 if the scheme does not have it (ordinal comparison).</summary>
    public int IndexOf(string name) => Names.IndexOf(name, 0, Names.Length, StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Equals(EmotionScheme? other) => other is not null && Names.SequenceEqual(other.Names, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EmotionScheme);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (string name in Names)
        {
            hash.Add(name, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>The names, separated by commas.</summary>
    public override string ToString() => string.Join(", ", Names);
}
