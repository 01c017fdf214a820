using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Export;

namespace Evoke.Insights.Norms;

/// <summary>Which model made a prediction, as far as numbers depend on it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ModelIdentity
{
    /// <summary>Its name: a file's, or "affect".</summary>
    public required string Name { get; init; }

    /// <summary>Lower-case hex SHA-256 of its file; empty if it has none or it is not known.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The encoders behind its features, one line each.</summary>
    public ImmutableArray<string> Encoders { get; init; } = [];

    /// <summary>Its curves and their ranges.</summary>
    public required EmotionScheme Curves { get; init; }

    /// <summary>The model of a prediction.</summary>
    public static ModelIdentity Of(PredictionDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new ModelIdentity
        {
            Name = document.ModelName,
            Sha256 = document.ModelSha256,
            Encoders = [.. document.Encoders],
            Curves = document.Curves.Scheme,
        };
    }

    /// <summary>True if the two are one model: the hashes of their files decide; where one is not known, name and encoders do. The curves must be the same in
    /// any case.</summary>
    public bool IsSameAs(ModelIdentity other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Curves.HasSameCurves(other.Curves) && (Sha256.Length > 0 && other.Sha256.Length > 0
            ? string.Equals(Sha256, other.Sha256, StringComparison.Ordinal)
            : string.Equals(Name, other.Name, StringComparison.Ordinal) && Encoders.SequenceEqual(other.Encoders));
    }

    /// <summary>The name, with the first digits of the hash if it is known.</summary>
    public override string ToString() => Sha256.Length > 0 ? $"{Name} ({Sha256[..Math.Min(12, Sha256.Length)]})" : Name;
}
