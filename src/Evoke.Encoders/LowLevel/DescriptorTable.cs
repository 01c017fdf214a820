using System.Collections;
using System.Globalization;
using System.Text;

namespace Evoke.Encoders.LowLevel;

/// <summary>The numbers of a low-level encoder, in the order of its feature vector. Immutable.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class DescriptorTable : IReadOnlyList<Descriptor>
{
    private readonly Descriptor[] _descriptors;
    private readonly Dictionary<string, int> _indices;

    /// <summary>Joins groups of descriptors, in order.</summary>
    /// <exception cref="ArgumentException">A name appears twice.</exception>
    internal DescriptorTable(params IEnumerable<Descriptor>[] groups)
    {
        _descriptors = [.. groups.SelectMany(group => group)];
        _indices = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < _descriptors.Length; i++)
        {
            if (!_indices.TryAdd(_descriptors[i].Name, i))
            {
                throw new ArgumentException($"The descriptor '{_descriptors[i].Name}' appears twice.", nameof(groups));
            }
        }
    }

    /// <summary>How many numbers a step has.</summary>
    public int Count => _descriptors.Length;

    /// <summary>The descriptor at a position of the feature vector.</summary>
    public Descriptor this[int index] => _descriptors[index];

    /// <summary>The position of a descriptor in the feature vector.</summary>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public int IndexOf(string name) => _indices.TryGetValue(name, out int index)
        ? index
        : throw new ArgumentException($"There is no descriptor '{name}'; available: {string.Join(", ", _indices.Keys)}.", nameof(name));

    /// <summary>The table as Markdown rows: position, name, unit, range, meaning.</summary>
    public string ToMarkdown()
    {
        StringBuilder text = new();
        text.Append("| # | name | unit | range | meaning |\n|---|---|---|---|---|\n");
        for (int i = 0; i < _descriptors.Length; i++)
        {
            Descriptor d = _descriptors[i];
            text.Append(CultureInfo.InvariantCulture, $"| {i} | `{d.Name}` | {d.Unit} | {d.Minimum} to {d.Maximum} | {d.Meaning} |\n");
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public IEnumerator<Descriptor> GetEnumerator() => ((IEnumerable<Descriptor>)_descriptors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
