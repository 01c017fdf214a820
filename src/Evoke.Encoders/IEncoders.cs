using System.Text.Json.Serialization;
using Evoke.Media.Reading;

namespace Evoke.Encoders;

/// <summary>Which encoder made a feature: its name, the hash of its weights where it has some, and the arithmetic that it ran in.</summary>
/// <remarks>
/// Features of different encoders, weights or settings never mix. Those of one encoder in different precisions agree but for rounding (the tests hold the cosine
/// of float32 and bfloat16 above 0.999): they serve the same models, but are not the same numbers. See <see cref="IsSameEncoderAs"/>.
/// </remarks>
/// <param name="Name">The name on the command line, for example "swin-l" or "audio-lld".</param>
/// <param name="WeightsSha256">Lower-case hex SHA-256 of the weights file; null for an encoder without weights, whose version is in <paramref name="Settings"/>.</param>
/// <param name="Settings">Everything else that changes the numbers, for example "v1" or "l2-normalised"; empty if nothing.</param>
public sealed record EncoderIdentity(string Name, string? WeightsSha256 = null, string Settings = "")
{
    private const int DigitsForPeople = 12;

    /// <summary>
    /// The precision that the network ran in, as <c>--precision</c> names it: "float32" or "bfloat16"; of a set of features that mixes them, all, joined by "+".
    /// Null for an encoder that has no choice, such as descriptors, and where nobody said, as for features from elsewhere.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Precision { get; init; }

    /// <summary>True if name, weights and settings are the same, whatever the precision: what one makes can stand for what the other makes.</summary>
    public bool IsSameEncoderAs(EncoderIdentity? other) => other is not null && this with { Precision = null } == other with { Precision = null };

    /// <summary>One line for people: name, first digits of the hash, settings, precision.</summary>
    public override string ToString()
    {
        string? weights = WeightsSha256 is null ? null : $"weights {WeightsSha256[..Math.Min(DigitsForPeople, WeightsSha256.Length)]}";
        string details = string.Join(", ", new[] { weights, Settings, Precision }.Where(detail => !string.IsNullOrEmpty(detail)));
        return details.Length == 0 ? Name : $"{Name} ({details})";
    }
}

/// <summary>Turns frames into features. Load once, use for many videos; one session per video. Sessions of one encoder are used one at a time.</summary>
public interface IVisualEncoder : IDisposable
{
    /// <summary>Who makes these features.</summary>
    EncoderIdentity Identity { get; }

    /// <summary>Numbers per step.</summary>
    int FeatureWidth { get; }

    /// <summary>The frames that this encoder needs in order to give features at <paramref name="rate"/> Hz; its rate is a whole multiple of <paramref name="rate"/>.</summary>
    FrameSpec FramesFor(double rate);

    /// <summary>Starts on a new video.</summary>
    /// <param name="rate">Features per second (Hz).</param>
    IVisualEncodingSession Start(double rate);
}

/// <summary>One video on its way through a visual encoder.</summary>
public interface IVisualEncodingSession : IDisposable
{
    /// <summary>Takes the next frame, in order, without gaps. The pixels are read before this returns.</summary>
    void Push(FrameChunk frame);

    /// <summary>Frames that were taken and are not encoded yet, because they wait for others to be encoded with.</summary>
    int FramesWaiting => 0;

    /// <summary>Ends the video and gives its features.</summary>
    /// <param name="steps">How many steps to give; the last is repeated if the picture ended earlier, later ones are dropped.</param>
    /// <returns>Row-major [steps, width].</returns>
    float[] Complete(int steps);
}

/// <summary>Turns sound into features. Load once, use for many videos; one session per video. Sessions of one encoder are used one at a time.</summary>
public interface IAudioEncoder : IDisposable
{
    /// <summary>Who makes these features.</summary>
    EncoderIdentity Identity { get; }

    /// <summary>Numbers per step.</summary>
    int FeatureWidth { get; }

    /// <summary>Samples per second of the mono waveform that the encoder takes.</summary>
    int SampleRate { get; }

    /// <summary>Starts on a new video.</summary>
    /// <param name="rate">Features per second (Hz).</param>
    IAudioEncodingSession Start(double rate);
}

/// <summary>One video on its way through an audio encoder.</summary>
public interface IAudioEncodingSession : IDisposable
{
    /// <summary>Takes the next samples, in order, without gaps, from the start of the picture. They are read before this returns.</summary>
    void Push(ReadOnlySpan<float> samples);

    /// <summary>Ends the video and gives its features.</summary>
    /// <param name="steps">How many steps to give; where the sound has ended, silence is encoded.</param>
    /// <returns>Row-major [steps, width].</returns>
    float[] Complete(int steps);
}
