namespace Evoke.Encoders.Batches;

/// <summary>The most recent part of a waveform, by sample number.</summary>
internal sealed class SampleQueue
{
    private float[] _samples = new float[1 << 16];
    private long _start;
    private int _count;

    /// <summary>The number of the sample that comes next.</summary>
    public long End => _start + _count;

    /// <summary>Samples that are kept.</summary>
    public int Count => _count;

    /// <summary>Adds samples at the end.</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        MakeRoom(samples.Length);
        samples.CopyTo(_samples.AsSpan(_count));
        _count += samples.Length;
    }

    /// <summary>Adds zeros until sample <paramref name="end"/> would be next.</summary>
    public void AddSilenceUntil(long end)
    {
        if (end > End)
        {
            int length = checked((int)(end - End));
            MakeRoom(length);
            _samples.AsSpan(_count, length).Clear();
            _count += length;
        }
    }

    /// <summary>The samples from <paramref name="from"/> on; they must still be kept.</summary>
    public ReadOnlySpan<float> Slice(long from, int length) => _samples.AsSpan(checked((int)(from - _start)), length);

    /// <summary>Drops the samples before <paramref name="before"/>, or all if that sample has not arrived yet.</summary>
    public void Forget(long before)
    {
        int gone = (int)Math.Clamp(before - _start, 0, _count);
        _samples.AsSpan(gone, _count - gone).CopyTo(_samples);
        _start += gone;
        _count -= gone;
    }

    private void MakeRoom(int length)
    {
        if (_count + length > _samples.Length)
        {
            Array.Resize(ref _samples, Math.Max(checked(_count + length), 2 * _samples.Length));
        }
    }
}
