namespace Evoke.Datasets.Labels;

/// <summary>A label file and its hash at the time of reading.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Path">Where it is.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of its bytes.</param>
public sealed record LabelFile(string Path, string Sha256)
{
    private const int DigitsForPeople = 12;

    /// <summary>One line for display: the path and the first digits of the hash.</summary>
    public override string ToString() => $"{Path} (SHA-256 {Sha256[..Math.Min(DigitsForPeople, Sha256.Length)]}…)";
}
