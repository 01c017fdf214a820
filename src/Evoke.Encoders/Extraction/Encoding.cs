using Evoke.Curves;
using Evoke.Features;
using Evoke.Media;
using Evoke.Media.Reading;

namespace Evoke.Encoders.Extraction;

/// <summary>One video passing through its encoders.</summary>
internal sealed class Encoding : IDisposable
{
    private readonly IVisualEncoder? _visual;
    private readonly IAudioEncoder? _audio;
    private readonly IVisualEncodingSession? _visualSession;
    private readonly IAudioEncodingSession? _audioSession;
    private readonly Rate _rate;
    private readonly double _frameRate;
    private long _frames;
    private long _samples;

    public Encoding(IVisualEncoder? visual, IAudioEncoder? audio, Rate rate)
    {
        _visual = visual;
        _audio = audio;
        _rate = rate;
        _frameRate = visual?.FramesFor(rate).Rate ?? rate.Hertz;
        _visualSession = visual?.Start(rate);
        _audioSession = audio?.Start(rate);
    }

    /// <summary>Encodes a piece.</summary>
    /// <returns>Seconds of the video that have been encoded.</returns>
    public double Push(MediaChunk chunk)
    {
        switch (chunk)
        {
            case FrameChunk frame:
                _visualSession!.Push(frame);
                _frames++;
                break;
            case WaveformChunk sound:
                _audioSession!.Push(sound.Samples.Span);
                _samples += sound.Samples.Length;
                break;
            default:
                throw new ArgumentException($"Expected frames or sound, found {chunk.GetType().Name}.", nameof(chunk));
        }

        // Of the two, the picture is the clock.
        return _frames > 0 ? (_frames - _visualSession!.FramesWaiting) / _frameRate : (double)_samples / _audio!.SampleRate;
    }

    public VideoFeatures Complete(MediaInfo info, MediaReadSummary summary, string videoId)
    {
        if (_frames == 0 && _samples == 0)
        {
            throw new NothingToEncodeException(
                info.Path,
                "no part of it could be decoded"
                + $"{string.Concat(summary.Warnings.Append(summary.DecoderSaid).OfType<string>().Select(warning => $"; {warning}"))}.");
        }

        // The same whoever encodes the video, and whichever of the two is encoded (docs/media.md).
        double duration = summary.Seconds;
        int steps = TimeGrid.ForDuration(duration, _rate).Count;
        return new VideoFeatures
        {
            VideoId = videoId,
            SourceName = Path.GetFileName(info.Path),
            SourceBytes = info.Bytes,
            DurationSeconds = duration,
            Visual = _visual is null ? null
                : Sequence(info.Path, _visual.Identity, _visual.FeatureWidth, steps, _frames > 0 ? _visualSession!.Complete : null),
            Audio = _audio is null ? null
                : Sequence(info.Path, _audio.Identity, _audio.FeatureWidth, steps, _samples > 0 ? _audioSession!.Complete : null),
            AudioTrack = info.AudioTrack,
            PictureMissing = _visual is not null && _frames == 0,
            SoundMissing = _audio is not null && _samples == 0,
            Warnings = summary.Warnings,
            DecoderSaid = summary.DecoderSaid,
        };
    }

    public void Dispose()
    {
        _visualSession?.Dispose();
        _audioSession?.Dispose();
    }

    private FeatureSequence Sequence(string path, EncoderIdentity encoder, int width, int steps, Func<int, float[]>? complete)
    {
        FeatureSequence features = new(encoder, _rate, width, complete is null ? new float[checked(steps * width)] : complete(steps));
        return NonFinite.FirstIn(features.Values) is not { } bad
            ? features
            : throw new NonFiniteFeaturesException(path, encoder, bad / width / _rate.Hertz, bad % width, features.Values[bad]);
    }
}
