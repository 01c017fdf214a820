using Evoke.Curves;
using Evoke.Features;

namespace Evoke.Encoders.Parts;

/// <summary>Several encoders of sound as one: their numbers side by side, as <c>features join</c> puts them.</summary>
internal sealed class JoinedAudioEncoder : IAudioEncoder
{
    private readonly IAudioEncoder[] _parts;

    /// <summary>Joins encoders, which belong to this instance from now on.</summary>
    /// <param name="parts">All of one sample rate.</param>
    /// <exception cref="ArgumentException">Their sample rates differ.</exception>
    public JoinedAudioEncoder(params IAudioEncoder[] parts)
    {
        if (parts.Select(part => part.SampleRate).Distinct().Count() != 1)
        {
            throw new ArgumentException("Joined encoders must take sound of one sample rate.", nameof(parts));
        }

        _parts = parts;
        Identity = EncoderIdentity.Join([.. parts.Select(part => part.Identity)]);
        FeatureWidth = parts.Sum(part => part.FeatureWidth);
    }

    /// <inheritdoc/>
    public EncoderIdentity Identity { get; }

    /// <inheritdoc/>
    public int FeatureWidth { get; }

    /// <inheritdoc/>
    public int SampleRate => _parts[0].SampleRate;

    /// <inheritdoc/>
    public IAudioEncodingSession Start(Rate rate) => new Session(_parts, rate);

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_parts, part => part.Dispose());

    private sealed class Session(IAudioEncoder[] encoders, Rate rate) : IAudioEncodingSession
    {
        private readonly IAudioEncodingSession[] _parts = [.. encoders.Select(encoder => encoder.Start(rate))];

        public void Push(ReadOnlySpan<float> samples)
        {
            foreach (IAudioEncodingSession part in _parts)
            {
                part.Push(samples);
            }
        }

        public float[] Complete(int steps) => FeatureSequence.SideBySide(
            [.. encoders.Zip(_parts, (encoder, part) => new FeatureSequence(encoder.Identity, rate, encoder.FeatureWidth, part.Complete(steps)))], steps);

        public void Dispose() => Array.ForEach(_parts, part => part.Dispose());
    }
}
