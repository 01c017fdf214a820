using System.Collections.Immutable;

namespace Evoke.Curves;

/// <summary>An ordered list of curves, each with a name and a range: the columns of curves, of a label file or of a network's output.</summary>
/// <remarks>
/// Names are compared without regard to case: "Arousal" and "arousal" are one curve. Two schemes are equal if they have the same names in the same order
/// with the same ranges, and treat rows of zeros alike. Immutable and thread-safe.
/// </remarks>
public sealed class EmotionScheme : IEquatable<EmotionScheme>
{
    private static readonly ImmutableArray<string> EevNames =
    [
        "amusement", "anger", "awe", "concentration", "confusion", "contempt", "contentment", "disappointment",
        "doubt", "elation", "interest", "pain", "sadness", "surprise", "triumph",
    ];

    /// <summary>Creates a scheme from names in column order.</summary>
    /// <param name="names">At least one name; not empty and not repeated.</param>
    /// <param name="ranges">The range of each curve, in the same order; null if all are from 0 to 1.</param>
    /// <param name="zeroRowsAreMissing">See <see cref="ZeroRowsAreMissing"/>; null for true if the names are EEV's 15, in any order, and false else.</param>
    /// <exception cref="ArgumentException">There is no name, one is empty or repeated, or there is not one valid range for each name.</exception>
    public EmotionScheme(IEnumerable<string> names, IEnumerable<CurveRange>? ranges = null, bool? zeroRowsAreMissing = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = [.. names];
        if (Names.IsEmpty)
        {
            throw new ArgumentException("A scheme needs at least one emotion name; found none.", nameof(names));
        }

        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
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

        Ranges = ranges is null ? [.. Names.Select(_ => CurveRange.ZeroToOne)] : [.. ranges];
        ThrowIfNotRanges();
        ZeroRowsAreMissing = zeroRowsAreMissing ?? AreEev(Names);
    }

    /// <summary>The 15 expressions of the EEV dataset, in its order (Sun et al., arXiv:2001.05488).</summary>
    public static EmotionScheme Eev { get; } = new(EevNames);

    /// <summary>Arousal and valence, both from 0 to 1.</summary>
    public static EmotionScheme Affect { get; } = new(["arousal", "valence"]);

    /// <summary>The names, in column order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The range of each curve, in column order.</summary>
    public ImmutableArray<CurveRange> Ranges { get; }

    /// <summary>
    /// True if a row of labels in which every value is 0 has no labels. EEV writes such rows where it detected no face. Elsewhere zeros are labels like any
    /// other: valence and arousal of 0 are a neutral moment.
    /// </summary>
    public bool ZeroRowsAreMissing { get; }

    /// <summary>Number of emotions, at least 1.</summary>
    public int Count => Names.Length;

    /// <summary>
    /// True if every curve is from 0 to 1 without a unit, and rows of zeros are treated as the names suggest: what a bare list of names means.
    /// </summary>
    public bool FollowsFromNames => Equals(new EmotionScheme(Names));

    /// <summary>The column of <paramref name="name"/>, or -1 if the scheme does not have it.</summary>
    public int IndexOf(string name) => Names.IndexOf(name, 0, Names.Length, StringComparer.OrdinalIgnoreCase);

    /// <summary>True if a row of labels has none: every value is missing (NaN), or 0 where <see cref="ZeroRowsAreMissing"/>.</summary>
    /// <param name="row">One value for each curve.</param>
    public bool IsGap(ReadOnlySpan<float> row)
    {
        foreach (float value in row)
        {
            if (!float.IsNaN(value) && !(ZeroRowsAreMissing && value == 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Converts rows of values to places in each curve's range, from 0 to 1, in place. NaN stays NaN.</summary>
    /// <param name="rows">Row-major [steps, curves].</param>
    public void ToShares(Span<float> rows)
    {
        for (int column = 0; column < Count; column++)
        {
            CurveRange range = Ranges[column];
            for (int i = column; !range.IsZeroToOne && i < rows.Length; i += Count)
            {
                rows[i] = range.ToShare(rows[i]);
            }
        }
    }

    /// <summary>Converts places in each curve's range to values, in place; places outside [0,1] give the end of the range. NaN stays NaN.</summary>
    /// <param name="rows">Row-major [steps, curves].</param>
    public void FromShares(Span<float> rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = Ranges[i % Count].FromShare(rows[i]);
        }
    }

    /// <summary>True if the other scheme has the same names in the same order, with the same ranges.</summary>
    public bool HasSameCurves(EmotionScheme other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Names.SequenceEqual(other.Names, StringComparer.OrdinalIgnoreCase) && Ranges.SequenceEqual(other.Ranges);
    }

    /// <summary>True if the other scheme has the same names, in any order and with any ranges.</summary>
    public bool HasSameNames(EmotionScheme other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Count == other.Count && Names.All(name => other.IndexOf(name) >= 0);
    }

    /// <summary>Some of the curves, in the given order, with their ranges and this scheme's names.</summary>
    /// <exception cref="ArgumentException">The scheme does not have one of them, or one is given twice.</exception>
    public EmotionScheme Select(IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] unknown = [.. names.Where(name => IndexOf(name) < 0)];
        int[] columns = [.. names.Select(IndexOf)];
        return unknown.Length == 0
            ? new(columns.Select(column => Names[column]), columns.Select(column => Ranges[column]), ZeroRowsAreMissing)
            : throw new ArgumentException($"There is no {string.Join(" and no ", unknown.Select(name => $"'{name}'"))} among {this}.", nameof(names));
    }

    /// <inheritdoc/>
    public bool Equals(EmotionScheme? other) => other is not null && HasSameCurves(other) && ZeroRowsAreMissing == other.ZeroRowsAreMissing;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EmotionScheme);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (string name in Names)
        {
            hash.Add(name, StringComparer.OrdinalIgnoreCase);
        }

        return hash.ToHashCode();
    }

    /// <summary>
    /// The names, separated by commas; a range other than from 0 to 1 follows its name: "arousal, valence from -1 to 1". What a row of zeros means follows
    /// where it is not what the names suggest.
    /// </summary>
    public override string ToString()
    {
        string curves = string.Join(", ", Names.Select((name, column) => Ranges[column] == CurveRange.ZeroToOne ? name : $"{name} {Ranges[column]}"));
        return ZeroRowsAreMissing == AreEev(Names) ? curves : $"{curves}; rows of zeros are {(ZeroRowsAreMissing ? "missing" : "labels")}";
    }

    private static bool AreEev(ImmutableArray<string> names) =>
        names.Length == EevNames.Length && EevNames.All(name => names.Contains(name, StringComparer.OrdinalIgnoreCase));

    private void ThrowIfNotRanges()
    {
        if (Ranges.Length != Names.Length)
        {
            throw new ArgumentException($"A scheme of {Names.Length} curves needs as many ranges; found {Ranges.Length}.", "ranges");
        }

        for (int column = 0; column < Names.Length; column++)
        {
            if (Ranges[column].FindMistake() is { } mistake)
            {
                throw new ArgumentException($"Curve '{Names[column]}': {mistake}.", "ranges");
            }
        }
    }
}
