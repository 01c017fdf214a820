using Evoke.Datasets.Sources;
using Evoke.Files.Text;

namespace Evoke.Datasets.Sets;

/// <summary>Checks that all features of one modality in a set come from one encoder, and counts the precisions that they were computed in.</summary>
/// <param name="name">"visual" or "audio".</param>
/// <param name="source">Where the features are, for messages.</param>
internal sealed class ModalityTally(string name, string source)
{
    private const string Unsaid = "an unstated precision";

    private readonly SortedDictionary<string, int> _videosByPrecision = new(StringComparer.Ordinal);
    private SetModality? _first;

    /// <summary>The encoder and width of all videos, with all their precisions; null if no video was added.</summary>
    public SetModality? Modality => _first is null ? null : _first with { Encoder = _first.Encoder with { Precision = Precision } };

    /// <summary>A note that precisions are mixed; null if they are not.</summary>
    public string? Note => _videosByPrecision.Count < 2
        ? null
        : $"The {name} features of {_first!.Encoder.Name} in {source} mix precisions ({Counts}); they can still be used together. "
            + "Run 'evoke extract --precision' to give all of them the same precision.";

    private string Counts => string.Join(", ", _videosByPrecision.Select(count => $"{Quantity.Of(count.Value, "video")} in {count.Key}"));

    private string? Precision => _videosByPrecision.ContainsKey(Unsaid) ? null : string.Join('+', _videosByPrecision.Keys);

    /// <summary>Adds the features of a video.</summary>
    /// <exception cref="DatasetException">There are none, or they have another encoder or width than those before.</exception>
    public void Add(string video, IFeatureRows? found)
    {
        if (found is null)
        {
            throw new DatasetException($"Video '{video}' has no {name} features in {source}; extract them, or set data.modalities.");
        }

        SetModality modality = new(found.Encoder, found.Width);
        _first ??= modality;
        if (!modality.Encoder.IsSameEncoderAs(_first.Encoder) || modality.Width != _first.Width)
        {
            throw new DatasetException(
                $"The {name} features in {source} must come from one encoder: expected {_first}, as in the videos before; video '{video}' has {modality}.");
        }

        string precision = found.Encoder.Precision ?? Unsaid;
        _videosByPrecision[precision] = _videosByPrecision.GetValueOrDefault(precision) + 1;
    }
}
