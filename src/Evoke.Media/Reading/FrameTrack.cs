namespace Evoke.Media.Reading;

/// <summary>Combines frames with the times of the source frames: frames in order, exactly as many as the length of the picture needs.</summary>
/// <remarks>
/// A frame is passed on once a source frame is known that is shown at its moment or later. Frames that ffmpeg repeats past the end are therefore still
/// held back when the end is known. Identical frames are kept once, so an hour's still picture costs the memory of one frame.
/// </remarks>
internal sealed class FrameTrack(FrameSpec spec, long toleranceMicroseconds, ChunkQueue queue, CancellationToken cancellationToken) : IDisposable
{
    private readonly FrameRate _rate = FrameRate.From(spec.Rate);
    private readonly List<(SharedBuffer<byte> Picture, int UpTo)> _waiting = []; // Each picture stands for the frames up to, not including, UpTo.
    private SharedBuffer<byte>? _newest;
    private SharedBuffer<byte>? _shown;
    private int _received;
    private int _sent;
    private long _confirmedMicroseconds = -1;

    /// <summary>Frames per second.</summary>
    public double Rate => _rate.Hertz;

    /// <summary>A source frame is shown this long after the first.</summary>
    public ValueTask ConfirmAsync(long microseconds)
    {
        _confirmedMicroseconds = Math.Max(_confirmedMicroseconds, microseconds + toleranceMicroseconds);
        return SendAsync(int.MaxValue);
    }

    /// <summary>Adds the next frame and takes ownership of its buffer.</summary>
    public ValueTask AddAsync(SharedBuffer<byte> picture)
    {
        _received++;
        if (_newest is not null && _newest.Memory.Span.SequenceEqual(picture.Memory.Span))
        {
            picture.Dispose();
            picture = _newest.Share();
        }

        if (_waiting.Count > 0 && ReferenceEquals(_newest, picture))
        {
            picture.Dispose();
            _waiting[^1] = (_newest!, _received);
        }
        else
        {
            _newest?.Dispose();
            _newest = picture.Share();
            _waiting.Add((picture, _received));
        }

        return SendAsync(int.MaxValue);
    }

    /// <summary>The picture has ended: sends the missing frames up to <paramref name="count"/> and drops those beyond it.</summary>
    public async ValueTask EndAsync(int count)
    {
        _confirmedMicroseconds = long.MaxValue;
        await SendAsync(count).ConfigureAwait(false);
        while (_shown is not null && _sent < count)
        {
            await queue.WriteFrameAsync(_sent, _shown.Share(), cancellationToken).ConfigureAwait(false);
            _sent++;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _newest?.Dispose();
        _shown?.Dispose();
        foreach ((SharedBuffer<byte> picture, _) in _waiting)
        {
            picture.Dispose();
        }

        _waiting.Clear();
    }

    private async ValueTask SendAsync(int limit)
    {
        while (_waiting.Count > 0 && _sent < limit && _rate.MicrosecondsAt(_sent) <= _confirmedMicroseconds)
        {
            (SharedBuffer<byte> picture, int upTo) = _waiting[0];
            if (!ReferenceEquals(_shown, picture))
            {
                _shown?.Dispose();
                _shown = picture.Share();
            }

            await queue.WriteFrameAsync(_sent, picture.Share(), cancellationToken).ConfigureAwait(false);
            _sent++;
            if (_sent == upTo)
            {
                _waiting.RemoveAt(0);
                picture.Dispose();
            }
        }
    }
}
