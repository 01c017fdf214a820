using Evoke.Datasets.Sources;

namespace Evoke.Datasets.Sets;

/// <summary>Sees to it that the features of one modality are of one encoder in a whole set, and counts the precisions that they were made in.</summary>
/// <param name="name">"visual" or "audio".</param>
/// <param name="source">Where the features are, for messages.</param>
internal sealed class ModalityTally(string name, string source)
{
    private const string Unsaid = "a precision that they do not say";

    private readonly SortedDictionary<string, int> _videosByPrecision = new(StringComparer.Ordinal);
    private SetModality? _first;

    /// <summary>What all videos have, with all their precisions; null if none was added.</summary>
    public SetModality? Modality => _first is null ? null : _first with { Encoder = _first.Encoder with { Precision = Precision } };

    /// <summary>Tells that precisions are mixed; null if they are not.</summary>
    public string? Note => _videosByPrecision.Count < 2
        ? null
        : $"The {name} features of {_first!.Encoder.Name} in {source} mix precisions, and serve all the same: {string.Join(", ", _videosByPrecision.Select(count => $"{count.Value} videos in {count.Key}"))}. 'evoke extract --precision' makes them alike.";

    private string? Precision => _videosByPrecision.ContainsKey(Unsaid) ? null : string.Join('+', _videosByPrecision.Keys);

    /// <summary>Adds the features of a video.</summary>
    /// <exception cref="DatasetException">There are none, or they are of another encoder or width than those before.</exception>
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
            throw new DatasetException($"The {name} features in {source} must be of one encoder: expected {_first}, as the videos before; video '{video}' has {modality}.");
        }

        string precision = found.Encoder.Precision ?? Unsaid;
        _videosByPrecision[precision] = _videosByPrecision.GetValueOrDefault(precision) + 1;
    }
}
