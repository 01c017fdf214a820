using System.Globalization;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Media.Videos;
using Evoke.Tensors;

namespace Evoke.Encoders.Extraction;

/// <summary>Checks whether a store already has the features of a video, as an extractor would compute them.</summary>
/// <param name="store">The store.</param>
/// <param name="extractor">The extractor that would compute them.</param>
/// <param name="storeAs">The number format that they would be stored in.</param>
/// <param name="anyPrecision">True if features of the right encoders match in any precision.</param>
internal sealed class StoredVideos(FeatureStore store, FeatureExtractor extractor, DType storeAs, bool anyPrecision)
{
    /// <summary>Checks a video.</summary>
    public StoredVideo Find(VideoFile video)
    {
        try
        {
            FileInfo source = new(video.Path);
            if (!source.Exists || video.SameIdAs is not null || !store.Contains(video.VideoId))
            {
                return StoredVideo.Absent;
            }

            using FeatureFile file = store.OpenFile(video.VideoId);
            if ((file.Visual is null || extractor.VisualEncoder is null) && (file.Audio is null || extractor.AudioEncoder is null))
            {
                return StoredVideo.Absent; // There is only the other modality, which is kept.
            }

            string? reason = OtherSource(file.Header, source)
                ?? OtherTrack(file.Header)
                ?? Other("visual", file.Visual, extractor.VisualEncoder)
                ?? Other("audio", file.Audio, extractor.AudioEncoder);
            return new StoredVideo(reason is null, reason);
        }
        catch (VideoIdException)
        {
            return StoredVideo.Absent; // It cannot be stored, which is reported when that is tried.
        }
        catch (EvokeException e)
        {
            return new StoredVideo(IsDone: false, e.Message); // Corrupt: it is extracted again, which removes the error.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return StoredVideo.Absent; // It has just vanished, which is reported when it is read.
        }
    }

    /// <summary>Refuses a video whose stored features of a modality without encoder are from another file.</summary>
    /// <exception cref="FeatureFileException">They are.</exception>
    public void ThrowIfNotJoinable(VideoFile video)
    {
        FileInfo source = new(video.Path);
        if (source.Exists)
        {
            store.ThrowIfNotJoinable(video.VideoId, source.Name, source.Length, extractor.VisualEncoder is not null, extractor.AudioEncoder is not null);
        }
    }

    private static string? OtherSource(FeatureFileHeader header, FileInfo source) =>
        header.SourceName == source.Name && header.SourceBytes == source.Length
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"the features are from {header.SourceName} ({header.SourceBytes} bytes); the video is {source.Name} ({source.Length} bytes)");

    private string? OtherTrack(FeatureFileHeader header) => header.AudioTrack == extractor.Options.AudioTrack || extractor.AudioEncoder is null
        ? null
        : $"the audio features are from {Track(header.AudioTrack)}; expected {Track(extractor.Options.AudioTrack)}";

    private static string Track(int? track) => track is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"sound track {number}")
        : "the file's default sound track";

    private string? Other(string modality, MappedFeatures? found, EncoderIdentity? wanted)
    {
        if (wanted is null)
        {
            return null;
        }

        if (!IsRight(found?.Encoder, wanted))
        {
            return $"the {modality} features are from {Described(found?.Encoder, wanted)}; expected those from {wanted}";
        }

        return found is null || (found.Rate.Equals(extractor.Options.Rate) && found.DType == storeAs)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"the {modality} features are {found.DType} at {found.Rate} Hz; expected {storeAs} at {extractor.Options.Rate} Hz");
    }

    private bool IsRight(EncoderIdentity? found, EncoderIdentity wanted) =>
        found == wanted || (anyPrecision && found is not null && found.IsSameEncoderAs(wanted));

    private static string Described(EncoderIdentity? found, EncoderIdentity wanted) =>
        found is null
            ? "no encoder"
            : found.Precision is null && wanted.Precision is not null
                ? $"{found} in an unknown precision"
                : found.ToString();
}

/// <summary>What a store has for a video.</summary>
/// <param name="IsDone">True if there is nothing to do.</param>
/// <param name="Reason">What is wrong with the existing features; null if there are none, or if they match.</param>
internal readonly record struct StoredVideo(bool IsDone, string? Reason)
{
    /// <summary>Nothing.</summary>
    public static StoredVideo Absent => default;
}
