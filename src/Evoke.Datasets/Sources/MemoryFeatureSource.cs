using Evoke.Curves;
using Evoke.Features;

namespace Evoke.Datasets.Sources;

/// <summary>Features that are in memory or are computed on request.</summary>
/// <param name="name">The name of the source in messages.</param>
/// <param name="videoIds">The videos that it has.</param>
/// <param name="read">Gives the features of one of them; called from several threads.</param>
public sealed class MemoryFeatureSource(string name, IEnumerable<string> videoIds, Func<string, VideoFeatures> read) : IFeatureSource
{
    private readonly HashSet<string> _ids = new(videoIds, StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<string> VideoIds => [.. _ids.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public bool Contains(string videoId) => _ids.Contains(videoId);

    /// <inheritdoc/>
    public IOpenFeatures Open(string videoId) => new OpenVideo(read(videoId));

    /// <inheritdoc/>
    public VideoFeatures Read(string videoId) => read(videoId);

    /// <summary>Does nothing.</summary>
    public void Dispose()
    {
    }

    private sealed class OpenVideo(VideoFeatures features) : IOpenFeatures
    {
        public double DurationSeconds => features.DurationSeconds;

        public IFeatureRows? Visual { get; } = features.Visual is null ? null : new SequenceRows(features.Visual, features.PictureMissing);

        public IFeatureRows? Audio { get; } = features.Audio is null ? null : new SequenceRows(features.Audio, features.SoundMissing);

        public void Dispose()
        {
        }
    }

    private sealed class SequenceRows(FeatureSequence sequence, bool isMissing) : IFeatureRows
    {
        public EncoderIdentity Encoder => sequence.Encoder;

        public Rate Rate => sequence.Rate;

        public int Steps => sequence.Steps;

        public int Width => sequence.Width;

        public bool IsMissing => isMissing;

        public ReadOnlySpan<float> Row(int index, Span<float> room) => sequence.Row(index);
    }
}
