using System.Globalization;

namespace Evoke.Insights.Rankings;

/// <summary>What predictions of a ranking depend on besides the videos: all of a folder have the same.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Model">Name of the model.</param>
/// <param name="ModelSha256">Lower-case hex SHA-256 of the model's file; empty if it has none.</param>
/// <param name="RateHertz">Rows per second of the curves.</param>
/// <param name="AudioTrack">The number of the sound track; null for the one that the file recommends.</param>
/// <param name="Precision">The precision that was asked for; null for the usual one.</param>
public sealed record RankingSettings(string Model, string ModelSha256, double RateHertz, int? AudioTrack, string? Precision)
{
    private const int DigitsForPeople = 12;

    /// <summary>In one line, for messages.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"model {Model}{(ModelSha256.Length > 0 ? $" ({ModelSha256[..Math.Min(DigitsForPeople, ModelSha256.Length)]}…)" : "")}, {RateHertz} Hz"
        + $"{(AudioTrack is { } track ? $", sound track {track}" : "")}{(Precision is null ? "" : $", precision {Precision}")}");
}
