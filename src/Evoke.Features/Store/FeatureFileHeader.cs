using System.Text.Json;
using System.Text.Json.Serialization;
using Evoke.Curves;

namespace Evoke.Features.Store;

/// <summary>The metadata of a feature file: its video, its encoders and how the extraction went.</summary>
/// <remarks>Kept as JSON in the safetensors metadata "evoke.features". Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record FeatureFileHeader
{
    /// <summary>The metadata's name in the file.</summary>
    internal const string MetadataKey = "evoke.features";

    /// <summary>The only version there is.</summary>
    internal const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    };

    /// <summary>Version of this description: 1.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The video's id.</summary>
    public required string VideoId { get; init; }

    /// <summary>Name of the source file, without its folder.</summary>
    public required string SourceName { get; init; }

    /// <summary>Size of the source in bytes; 0 if it is not known.</summary>
    public required long SourceBytes { get; init; }

    /// <summary>Length in seconds: the picture's, or the sound's where it goes on for more than half a second or there is no picture (docs/media.md).</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Encoder and clock of the tensor "visual"; null if the file has none.</summary>
    public FeatureTrack? Visual { get; init; }

    /// <summary>Encoder and clock of the tensor "audio"; null if the file has none.</summary>
    public FeatureTrack? Audio { get; init; }

    /// <summary>The requested sound track, counted from 1; null for the default track.</summary>
    public int? AudioTrack { get; init; }

    /// <summary>True if the video has no picture: "visual" is then all zeros.</summary>
    public bool PictureMissing { get; init; }

    /// <summary>True if the video has no sound: "audio" is then all zeros.</summary>
    public bool SoundMissing { get; init; }

    /// <summary>Warnings about the extraction.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The header of features in memory.</summary>
    internal static FeatureFileHeader Of(VideoFeatures features) => new()
    {
        VideoId = features.VideoId,
        SourceName = features.SourceName,
        SourceBytes = features.SourceBytes,
        DurationSeconds = features.DurationSeconds,
        Visual = FeatureTrack.Of(features.Visual),
        Audio = FeatureTrack.Of(features.Audio),
        AudioTrack = features.AudioTrack,
        PictureMissing = features.PictureMissing,
        SoundMissing = features.SoundMissing,
        Warnings = features.Warnings,
    };

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The text is not such a header.</exception>
    internal static FeatureFileHeader FromJson(string json)
        => JsonSerializer.Deserialize<FeatureFileHeader>(json, Json) ?? throw new JsonException("the header is null");
}

/// <summary>Encoder and clock of one modality.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record FeatureTrack
{
    /// <summary>Steps per second (Hz), as the file says it.</summary>
    [JsonPropertyName("rate")]
    public required double RateHertz { get; init; }

    /// <summary>Steps per second.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="RateHertz"/> is not finite and above 0.</exception>
    [JsonIgnore]
    public Rate Rate => new(RateHertz);

    /// <summary>The encoder's name.</summary>
    public required string Encoder { get; init; }

    /// <summary>Lower-case hex SHA-256 of its weights; null if it has none.</summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>Everything else that changes the numbers; empty if nothing.</summary>
    public string Settings { get; init; } = "";

    /// <summary>The precision that its network ran in, "float32" or "bfloat16"; null if it has no choice or the precision is unknown.</summary>
    public string? Precision { get; init; }

    /// <summary>Name, weights, settings and precision as one.</summary>
    [JsonIgnore]
    public EncoderIdentity Identity => new(Encoder, WeightsSha256, Settings) { Precision = Precision };

    internal static FeatureTrack? Of(FeatureSequence? features) => features is null ? null : Of(features.Encoder, features.Rate);

    internal static FeatureTrack Of(EncoderIdentity encoder, Rate rate) => new()
    {
        RateHertz = rate.Hertz,
        Encoder = encoder.Name,
        WeightsSha256 = encoder.WeightsSha256,
        Settings = encoder.Settings,
        Precision = encoder.Precision,
    };
}
