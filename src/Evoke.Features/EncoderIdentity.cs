using System.Text.Json.Serialization;

namespace Evoke.Features;

/// <summary>The encoder that produced a feature: its name, the hash of its weights if it has any, and its precision.</summary>
/// <remarks>
/// Features of different encoders, weights or settings never mix. Those of one encoder in different precisions agree except for rounding (the tests
/// require a cosine of float32 and bfloat16 above 0.999): they work with the same models but are not identical numbers. See <see cref="IsSameEncoderAs"/>.
/// Immutable and thread-safe.
/// </remarks>
/// <param name="Name">The name on the command line, for example "swin-l" or "audio-lld".</param>
/// <param name="WeightsSha256">
/// Lower-case hex SHA-256 of the weights file; null for an encoder without weights, whose version is in <paramref name="Settings"/>.
/// </param>
/// <param name="Settings">Everything else that changes the numbers, for example "v1" or "l2-normalised"; empty if nothing.</param>
public sealed record EncoderIdentity(string Name, string? WeightsSha256 = null, string Settings = "")
{
    private const int DigitsForPeople = 12;

    /// <summary>
    /// The precision that the network ran in, as <c>--precision</c> names it: "float32" or "bfloat16"; of a set of features that mixes them, all, joined
    /// by "+".
    /// Null for an encoder that has no choice, such as descriptors, and where it is unknown, as for imported features.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Precision { get; init; }

    /// <summary>True if name, weights and settings are the same, whatever the precision: their features are interchangeable.</summary>
    public bool IsSameEncoderAs(EncoderIdentity? other) => other is not null && this with { Precision = null } == other with { Precision = null };

    /// <summary>The identity of features of several encoders side by side: "audio-lld+speech". The hashes of all weights are in its settings, so that
    /// features of other weights stay features of another encoder.</summary>
    /// <param name="encoders">Whose numbers they are, in the order of a row.</param>
    public static EncoderIdentity Join(IReadOnlyList<EncoderIdentity> encoders)
    {
        ArgumentNullException.ThrowIfNull(encoders);
        string[] precisions = [.. encoders.Select(encoder => encoder.Precision).OfType<string>().Distinct(StringComparer.Ordinal)];
        return new EncoderIdentity(string.Join('+', encoders.Select(encoder => encoder.Name)), null, string.Join(" + ", encoders.Select(Described)))
        {
            Precision = precisions.Length == 0 ? null : string.Join('+', precisions),
        };
    }

    /// <summary>One line for display: name, first digits of the hash, settings, precision.</summary>
    public override string ToString()
    {
        string? weights = WeightsSha256 is null ? null : $"weights {WeightsSha256[..Math.Min(DigitsForPeople, WeightsSha256.Length)]}";
        string details = string.Join(", ", new[] { weights, Settings, Precision }.Where(detail => !string.IsNullOrEmpty(detail)));
        return details.Length == 0 ? Name : $"{Name} ({details})";
    }

    private static string Described(EncoderIdentity encoder)
    {
        string?[] details = [encoder.WeightsSha256 is null ? null : $"weights {encoder.WeightsSha256}", encoder.Settings];
        string described = string.Join(", ", details.Where(detail => !string.IsNullOrEmpty(detail)));
        return described.Length == 0 ? encoder.Name : $"{encoder.Name}: {described}";
    }
}
