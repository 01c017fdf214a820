using System.Text.Json;
using Evoke.Curves;
using Evoke.Files;
using Evoke.Tensors;
using Evoke.Tensors.SafeTensors;

namespace Evoke.Features.Store;

/// <summary>The feature file of one video, memory-mapped: opening it reads only its header; rows are read on demand.</summary>
/// <remarks>
/// A safetensors file with the tensors "visual" [T, Dv] and "audio" [T, Da], either one or both, in float32 or float16. Reading is thread-safe; disposing
/// is not.
/// </remarks>
public sealed class FeatureFile : IDisposable
{
    internal const string VisualName = "visual";
    internal const string AudioName = "audio";

    private readonly SafeTensorsFile _file;

    private FeatureFile(SafeTensorsFile file, FeatureFileHeader header)
    {
        _file = file;
        Header = header;
        Visual = Track(VisualName, header.Visual);
        Audio = Track(AudioName, header.Audio);
    }

    /// <summary>Which video and which encoders the features come from.</summary>
    public FeatureFileHeader Header { get; }

    /// <summary>Features of the picture; null if the file has none.</summary>
    public MappedFeatures? Visual { get; }

    /// <summary>Features of the sound; null if the file has none.</summary>
    public MappedFeatures? Audio { get; }

    /// <summary>Opens a file and checks everything except the values themselves.</summary>
    /// <exception cref="TensorFileException">It cannot be read, is truncated or is not a safetensors file.</exception>
    /// <exception cref="FeatureFileException">It is not a feature file, or its parts contradict each other.</exception>
    public static FeatureFile Open(string path)
    {
        SafeTensorsFile file = SafeTensorsFile.Open(path);
        try
        {
            FeatureFile features = new(file, ReadHeader(file));
            features.Check();
            return features;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file under a temporary name and renames it.</summary>
    /// <param name="path">The file to write; its folder must exist.</param>
    /// <param name="features">At least one modality; both of the same duration.</param>
    /// <param name="storeAs"><see cref="DType.F32"/>, or <see cref="DType.F16"/> for half the size.</param>
    /// <exception cref="ArgumentException">There is no modality, the number of steps does not match the duration, or the type is another one.</exception>
    public static void Write(string path, VideoFeatures features, DType storeAs = DType.F32)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (storeAs is not (DType.F32 or DType.F16))
        {
            throw new ArgumentException($"Features are stored as F32 or F16, not as {storeAs}.", nameof(storeAs));
        }

        if (features.Visual is null && features.Audio is null)
        {
            throw new ArgumentException($"The features of '{features.VideoId}' have neither picture nor sound.", nameof(features));
        }

        List<TensorSource> tensors = [];
        Add(VisualName, features.Visual);
        Add(AudioName, features.Audio);
        SafeTensorsWriter.Write(path, [new(FeatureFileHeader.MetadataKey, FeatureFileHeader.Of(features).ToJson())], tensors);

        void Add(string name, FeatureSequence? sequence)
        {
            if (sequence is not null)
            {
                ThrowIfUneven(features, name, sequence);
                tensors.Add(TensorSource.FromFloats(name, [sequence.Steps, sequence.Width], sequence.Values, storeAs));
            }
        }
    }

    /// <summary>Copies everything into memory.</summary>
    /// <exception cref="FeatureFileException">A number is not finite; the message names its row.</exception>
    public VideoFeatures Read() => new()
    {
        VideoId = Header.VideoId,
        SourceName = Header.SourceName,
        SourceBytes = Header.SourceBytes,
        DurationSeconds = Header.DurationSeconds,
        Visual = Copy(Visual),
        Audio = Copy(Audio),
        AudioTrack = Header.AudioTrack,
        PictureMissing = Header.PictureMissing,
        SoundMissing = Header.SoundMissing,
        Warnings = Header.Warnings,
    };

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void ThrowIfUneven(VideoFeatures features, string name, FeatureSequence sequence)
    {
        int expected = TimeGrid.ForDuration(features.DurationSeconds, sequence.Rate).Count;
        if (sequence.Values.Length != (long)expected * sequence.Width || sequence.Width == 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{features.VideoId}' of {features.DurationSeconds} s has {expected} steps at {sequence.Rate} Hz; ")
                    + FormattableString.Invariant($"its '{name}' features have {sequence.Values.Length} values, {sequence.Width} per step."),
                nameof(features));
        }
    }

    private static FeatureFileHeader ReadHeader(SafeTensorsFile file)
    {
        if (!file.Metadata.TryGetValue(FeatureFileHeader.MetadataKey, out string? json))
        {
            throw new FeatureFileException(
                file.Path, $"this is not a feature file: expected the metadata '{FeatureFileHeader.MetadataKey}', found {Names(file.Metadata.Keys)}.");
        }

        FeatureFileHeader header;
        try
        {
            header = FeatureFileHeader.FromJson(json);
        }
        catch (JsonException e)
        {
            throw new FeatureFileException(file.Path, $"the metadata '{FeatureFileHeader.MetadataKey}' cannot be parsed: {PlainMessage.Of(e)}", e);
        }

        return header.Version == FeatureFileHeader.CurrentVersion
            ? header
            : throw new FeatureFileException(
                file.Path, $"expected version {FeatureFileHeader.CurrentVersion} of the feature file format, found {header.Version}.");
    }

    private static string Names(IEnumerable<string> names) => names.Any() ? string.Join(", ", names.Select(name => $"'{name}'")) : "none";

    private MappedFeatures? Track(string name, FeatureTrack? track)
    {
        if (track is null)
        {
            return !_file.Tensors.ContainsKey(name)
                ? null
                : throw new FeatureFileException(_file.Path, $"there is a tensor '{name}', but the header does not say which encoder made it.");
        }

        if (!_file.Tensors.TryGetValue(name, out TensorInfo? info))
        {
            throw new FeatureFileException(_file.Path, $"the header describes '{name}', but there is no such tensor; found {Names(_file.Tensors.Keys)}.");
        }

        if (info.DType is not (DType.F32 or DType.F16) || info.Shape is not [> 0 and <= int.MaxValue, > 0 and <= int.MaxValue]
            || info.ElementCount > Array.MaxLength)
        {
            throw new FeatureFileException(_file.Path, $"expected '{name}' to be F32 or F16 [steps, width], found {info}.");
        }

        return Rate.TryCreate(track.RateHertz, out _)
            ? new MappedFeatures(_file, info, track)
            : throw new FeatureFileException(_file.Path, $"expected a rate above 0 for '{name}', found {track.RateHertz}.");
    }

    private void Check()
    {
        if (Visual is null && Audio is null)
        {
            throw new FeatureFileException(_file.Path, "there are neither visual nor audio features.");
        }

        if (!(Header.DurationSeconds >= 0 && double.IsFinite(Header.DurationSeconds)))
        {
            throw new FeatureFileException(_file.Path, $"expected a duration of 0 s or more, found {Header.DurationSeconds}.");
        }

        foreach (MappedFeatures features in new[] { Visual, Audio }.OfType<MappedFeatures>())
        {
            // A damaged header may state more steps than can be counted.
            double stated = Math.Ceiling(Header.DurationSeconds * features.Rate.Hertz);
            double expected = stated < int.MaxValue ? TimeGrid.ForDuration(Header.DurationSeconds, features.Rate).Count : stated;
            if (features.Steps != expected)
            {
                throw new FeatureFileException(
                    _file.Path,
                    FormattableString.Invariant(
                        $"{Header.DurationSeconds} s at {features.Rate} Hz are {expected} steps; '{features.Name}' has {features.Steps}."));
            }
        }
    }

    private FeatureSequence? Copy(MappedFeatures? features)
    {
        if (features is null)
        {
            return null;
        }

        float[] values = _file.ReadFloats(features.Name);
        if (NonFinite.FirstIn(values) is { } bad)
        {
            throw new FeatureFileException(
                _file.Path,
                FormattableString.Invariant(
                    $"expected finite numbers in '{features.Name}', found {values[bad]} in row {bad / features.Width}, column {bad % features.Width}."));
        }

        return new FeatureSequence(features.Encoder, features.Rate, features.Width, values);
    }
}
