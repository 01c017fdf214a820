using Evoke.Curves;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Tensors;

namespace Evoke.Datasets.Sources;

/// <summary>Features from a store: files are mapped while a clip is read, so that memory use does not grow with the dataset.</summary>
/// <remarks>Thread-safe, also disposing.</remarks>
public sealed class StoreFeatureSource : IFeatureSource
{
    private readonly FeatureStore _store;

    /// <summary>Reads from a store.</summary>
    public StoreFeatureSource(FeatureStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <inheritdoc/>
    public string Name => _store.Folder;

    /// <inheritdoc/>
    public IReadOnlyList<string> VideoIds => _store.VideoIds();

    /// <inheritdoc/>
    public bool Contains(string videoId) => _store.Contains(videoId);

    /// <inheritdoc/>
    public IOpenFeatures Open(string videoId) => new OpenFile(_store.OpenFile(videoId));

    /// <inheritdoc/>
    public VideoFeatures Read(string videoId) => _store.Read(videoId);

    /// <summary>Does nothing: files are open only while they are read.</summary>
    public void Dispose()
    {
    }

    private sealed class OpenFile(FeatureFile file) : IOpenFeatures
    {
        public double DurationSeconds => file.Header.DurationSeconds;

        public IFeatureRows? Visual { get; } = file.Visual is null ? null : new MappedRows(file.Visual, file.Header.PictureMissing);

        public IFeatureRows? Audio { get; } = file.Audio is null ? null : new MappedRows(file.Audio, file.Header.SoundMissing);

        public void Dispose() => file.Dispose();
    }

    private sealed class MappedRows(MappedFeatures features, bool isMissing) : IFeatureRows
    {
        public EncoderIdentity Encoder => features.Encoder;

        public Rate Rate => features.Rate;

        public int Steps => features.Steps;

        public int Width => features.Width;

        public bool IsMissing => isMissing;

        public ReadOnlySpan<float> Row(int index, Span<float> room)
        {
            if (features.DType == DType.F32)
            {
                return features.Rows(index, 1);
            }

            features.CopyRows(index, room);
            return room;
        }
    }
}
