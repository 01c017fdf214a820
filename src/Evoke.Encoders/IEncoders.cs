using Evoke.Media;

namespace Evoke.Encoders;

/// <summary>Which encoder made a feature: its name and, where it has weights, their hash. Features of different identities never mix.</summary>
/// <param name="Name">The name on the command line, for example "swin-l" or "audio-lld".</param>
/// <param name="WeightsSha256">Lower-case hex SHA-256 of the weights file; null for an encoder without weights, whose version is in <paramref name="Settings"/>.</param>
/// <param name="Settings">Everything else that changes the numbers, for example "v1" or "l2-normalised"; empty if nothing.</param>
public sealed record EncoderIdentity(string Name, string? WeightsSha256 = null, string Settings = "")
{
    /// <summary>One line for people: name, first digits of the hash, settings.</summary>
    public override string ToString() => (WeightsSha256, Settings) switch
    {
        (null, "") => Name,
        (null, _) => $"{Name} ({Settings})",
        (_, "") => $"{Name} (weights {WeightsSha256[..Math.Min(12, WeightsSha256.Length)]})",
        _ => $"{Name} (weights {WeightsSha256[..Math.Min(12, WeightsSha256.Length)]}, {Settings})",
    };
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
