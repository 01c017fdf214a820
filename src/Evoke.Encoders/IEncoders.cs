using Evoke.Curves;
using Evoke.Features;
using Evoke.Media.Reading;

namespace Evoke.Encoders;

/// <summary>Turns frames into features. Load once, use for many videos; one session per video. Sessions of one encoder are used one at a time.</summary>
/// <remarks>Not thread-safe: one session at a time, on any thread.</remarks>
public interface IVisualEncoder : IDisposable
{
    /// <summary>The identity of the encoder, stored with its features.</summary>
    EncoderIdentity Identity { get; }

    /// <summary>Values per step.</summary>
    int FeatureWidth { get; }

    /// <summary>The frames that this encoder needs in order to give features at <paramref name="rate"/> Hz: at that rate, at a whole multiple of it, or at
    /// the encoder's own rate.</summary>
    FrameSpec FramesFor(Rate rate);

    /// <summary>Starts a new video.</summary>
    /// <param name="rate">Features per second (Hz).</param>
    IVisualEncodingSession Start(Rate rate);
}

/// <summary>One video passing through a visual encoder.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public interface IVisualEncodingSession : IDisposable
{
    /// <summary>Takes the next frame, in order, without gaps. The pixels are read before this returns.</summary>
    void Push(FrameChunk frame);

    /// <summary>Frames that have been added but not encoded yet, because their batch is not full.</summary>
    int FramesWaiting => 0;

    /// <summary>Ends the video and returns its features.</summary>
    /// <param name="steps">How many steps to give; the last is repeated if the picture ended earlier, later ones are dropped.</param>
    /// <returns>Row-major [steps, width].</returns>
    float[] Complete(int steps);
}

/// <summary>Turns sound into features. Load once, use for many videos; one session per video. Sessions of one encoder are used one at a time.</summary>
/// <remarks>Not thread-safe: one session at a time, on any thread.</remarks>
public interface IAudioEncoder : IDisposable
{
    /// <summary>The identity of the encoder, stored with its features.</summary>
    EncoderIdentity Identity { get; }

    /// <summary>Values per step.</summary>
    int FeatureWidth { get; }

    /// <summary>Samples per second of the mono waveform that the encoder takes.</summary>
    int SampleRate { get; }

    /// <summary>Starts a new video.</summary>
    /// <param name="rate">Features per second (Hz).</param>
    IAudioEncodingSession Start(Rate rate);
}

/// <summary>One video passing through an audio encoder.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public interface IAudioEncodingSession : IDisposable
{
    /// <summary>Takes the next samples, in order, without gaps, from the start of the picture. They are read before this returns.</summary>
    void Push(ReadOnlySpan<float> samples);

    /// <summary>Ends the video and returns its features.</summary>
    /// <param name="steps">How many steps to give; where the sound has ended, silence is encoded.</param>
    /// <returns>Row-major [steps, width].</returns>
    float[] Complete(int steps);
}
