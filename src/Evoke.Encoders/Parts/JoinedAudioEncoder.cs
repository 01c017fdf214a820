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
    public IAudioEncodingSession Start(Rate rate) =>
        new Session([.. _parts.Select(part => part.Start(rate))], [.. _parts.Select(part => part.FeatureWidth)]);

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_parts, part => part.Dispose());

    private sealed class Session(IAudioEncodingSession[] parts, int[] widths) : IAudioEncodingSession
    {
        public void Push(ReadOnlySpan<float> samples)
        {
            foreach (IAudioEncodingSession part in parts)
            {
                part.Push(samples);
            }
        }

        public float[] Complete(int steps)
        {
            int width = widths.Sum(), at = 0;
            float[] joined = new float[checked(steps * width)];
            for (int i = 0; i < parts.Length; at += widths[i++])
            {
                float[] own = parts[i].Complete(steps);
                for (int step = 0; step < steps; step++)
                {
                    own.AsSpan(step * widths[i], widths[i]).CopyTo(joined.AsSpan((step * width) + at));
                }
            }

            return joined;
        }

        public void Dispose() => Array.ForEach(parts, part => part.Dispose());
    }
}
