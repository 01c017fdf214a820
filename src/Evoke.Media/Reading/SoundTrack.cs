namespace Evoke.Media.Reading;

/// <summary>Places decoded sound on the picture's clock: silence before a late start and in gaps, no sound from before the picture, no overlap.</summary>
internal sealed class SoundTrack(int sampleRate, ChunkQueue queue, CancellationToken cancellationToken) : IDisposable
{
    // Containers round times; a decoder's samples are more continuous than the times say. A larger difference is a real gap.
    private const double JitterSeconds = 0.05;

    private readonly long _jitter = (long)Math.Ceiling(JitterSeconds * sampleRate);
    private readonly List<(long Position, float[] Samples)> _early = []; // Sound that came before the clock was known; ffmpeg's own queue bounds it.
    private SharedBuffer<float>? _stretch;
    private int _inStretch;
    private long _origin; // Position of the first sample of the picture's clock, on the decoder's.
    private long _expected; // Where the decoder's next sample belongs, on the decoder's clock.

    /// <summary>True once the clock's beginning is known.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>How many samples have been decoded, silence and cut-off sound not counted.</summary>
    public long Decoded { get; private set; }

    /// <summary>How many samples have been placed since the start of the clock.</summary>
    public long Position { get; private set; }

    /// <summary>Sets when the clock begins, in seconds on the decoder's clock.</summary>
    public async ValueTask BeginAsync(double seconds)
    {
        _origin = (long)Math.Round(seconds * sampleRate);
        _expected = _origin;
        HasBegun = true;
        foreach ((long position, float[] samples) in _early)
        {
            await LayAsync(position, samples).ConfigureAwait(false);
        }

        _early.Clear();
        _early.TrimExcess();
    }

    /// <summary>The next decoded samples, the first of them at <paramref name="position"/> on the decoder's clock.</summary>
    public async ValueTask AddAsync(long position, ReadOnlyMemory<float> samples)
    {
        Decoded += samples.Length;
        if (HasBegun)
        {
            await LayAsync(position, samples).ConfigureAwait(false);
        }
        else
        {
            _early.Add((position, samples.ToArray()));
        }
    }

    /// <summary>The sound has ended.</summary>
    public ValueTask EndAsync() => FlushAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stretch?.Dispose();
        _stretch = null;
    }

    private async ValueTask LayAsync(long position, ReadOnlyMemory<float> samples)
    {
        bool started = Position > 0;
        long ahead = position - _expected;
        if (ahead > (started ? _jitter : 0))
        {
            await AppendSilenceAsync(ahead).ConfigureAwait(false);
            _expected = position;
        }
        else if (ahead < (started ? -_jitter : 0))
        {
            // It overlaps earlier samples, or comes before the picture.
            int overlap = (int)Math.Min(-ahead, samples.Length);
            samples = samples[overlap..];
        }

        await AppendAsync(samples).ConfigureAwait(false);
        _expected += samples.Length;
    }

    private async ValueTask AppendSilenceAsync(long count)
    {
        while (count > 0)
        {
            int some = (int)Math.Min(count, Free());
            _stretch!.Memory.Slice(_inStretch, some).Span.Clear();
            await GrowAsync(some).ConfigureAwait(false);
            count -= some;
        }
    }

    private async ValueTask AppendAsync(ReadOnlyMemory<float> samples)
    {
        while (!samples.IsEmpty)
        {
            int some = Math.Min(samples.Length, Free());
            CopyWithinRange(samples.Span[..some], _stretch!.Memory.Span[_inStretch..]);
            await GrowAsync(some).ConfigureAwait(false);
            samples = samples[some..];
        }
    }

    // Lossy decoders overshoot full scale a little, and a file of floats may hold anything.
    private static void CopyWithinRange(ReadOnlySpan<float> from, Span<float> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            float sample = from[i];
            to[i] = float.IsNaN(sample) ? 0 : Math.Clamp(sample, -1, 1);
        }
    }

    private int Free()
    {
        _stretch ??= new SharedBuffer<float>(sampleRate); // One second.
        return _stretch.Memory.Length - _inStretch;
    }

    private ValueTask GrowAsync(int count)
    {
        _inStretch += count;
        Position += count;
        return _inStretch == _stretch!.Memory.Length ? FlushAsync() : ValueTask.CompletedTask;
    }

    private async ValueTask FlushAsync()
    {
        if (_stretch is { } full && _inStretch > 0)
        {
            (_stretch, int count) = (null, _inStretch);
            _inStretch = 0;
            await queue.WriteSoundAsync(Position - count, full, count, cancellationToken).ConfigureAwait(false);
        }
    }
}
