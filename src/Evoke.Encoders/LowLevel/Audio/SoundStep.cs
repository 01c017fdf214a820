using Evoke.Encoders.Signal;

namespace Evoke.Encoders.LowLevel.Audio;

/// <summary>Describes the samples of one step. Frames lie wholly within the step, so that no step reflects later sound.</summary>
internal sealed class SoundStep
{
    private readonly SoundFrame _frame = new();
    private readonly LoudnessDescriptors _loudness = new();
    private readonly SpectrumDescriptors _spectrum = new();
    private readonly OnsetDescriptors _onsets = new();
    private readonly PitchDescriptors _pitch = new();
    private readonly MelDescriptors _mel = new();

    /// <summary>Describes a step.</summary>
    /// <param name="samples">Its samples, at least one; steps shorter than a frame are followed by silence.</param>
    /// <param name="values">A row of <see cref="AudioLowLevelEncoder.Descriptors"/>.</param>
    public void Describe(ReadOnlySpan<float> samples, Span<float> values)
    {
        Span<float> room = stackalloc float[PitchEstimator.FrameLength];
        foreach (int start in FrameStarts(samples.Length, SoundFrame.Length, SoundFrame.Hop))
        {
            AddFrame(Padded(samples[start..], room[..SoundFrame.Length]));
        }

        foreach (int start in FrameStarts(samples.Length, PitchEstimator.FrameLength, PitchEstimator.FrameLength / 2))
        {
            AddPitch(Padded(samples[start..], room));
        }

        Write(samples, values);
    }

    private void AddFrame(ReadOnlySpan<float> samples)
    {
        _frame.Load(samples);
        _loudness.Add(_frame);
        _spectrum.Add(_frame, samples);
        _onsets.Add(_frame);
        _mel.Add(_frame);
    }

    private void AddPitch(ReadOnlySpan<float> samples)
    {
        double power = DotProduct.Of(samples, samples) / (double)samples.Length;
        _pitch.Add(samples, SoundFrame.ToDecibels(power) < SoundFrame.SilentBelow);
    }

    private void Write(ReadOnlySpan<float> samples, Span<float> values)
    {
        _loudness.Write(samples, values);
        values = values[LoudnessDescriptors.Table.Count..];
        _spectrum.Write(values);
        values = values[SpectrumDescriptors.Table.Count..];
        _onsets.Write((double)samples.Length / SoundFrame.SampleRate, values);
        values = values[OnsetDescriptors.Table.Count..];
        _pitch.Write(values);
        _mel.Write(values[PitchDescriptors.Table.Count..]);
    }

    // Every hop, and once more so that the last samples are covered.
    private static IEnumerable<int> FrameStarts(int samples, int length, int hop)
    {
        int start = 0;
        for (; start + length <= samples; start += hop)
        {
            yield return start;
        }

        if (start == 0 || start - hop + length < samples)
        {
            yield return Math.Max(0, samples - length);
        }
    }

    private static ReadOnlySpan<float> Padded(ReadOnlySpan<float> samples, Span<float> room)
    {
        if (samples.Length >= room.Length)
        {
            return samples[..room.Length];
        }

        room.Clear();
        samples.CopyTo(room);
        return room;
    }
}
