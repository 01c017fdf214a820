namespace Evoke.Media.Nut;

/// <summary>Reads up to the length of its buffer; 0 at the end.</summary>
internal delegate ValueTask<int> ReadBytes(Memory<byte> destination);

/// <summary>A window on a stream of bytes: small items are parsed in place, large payloads are read straight into their destination.</summary>
internal sealed class NutByteSource(ReadBytes read, int capacity = 128 * 1024)
{
    private byte[] _buffer = new byte[capacity];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The available bytes.</summary>
    public ReadOnlySpan<byte> Available => _buffer.AsSpan(_start, _end - _start);

    /// <summary>True once the stream has delivered its last byte.</summary>
    public bool HasEnded => _ended;

    /// <summary>Makes at least <paramref name="count"/> bytes available; false if the stream has fewer.</summary>
    public ValueTask<bool> HasAsync(int count) => _end - _start >= count ? ValueTask.FromResult(true) : FillAsync(count);

    /// <summary>Skips available bytes.</summary>
    public void Advance(int count) =>
        _start = count <= _end - _start ? _start + count : throw new InvalidDataException("the NUT stream ends within a header");

    /// <summary>Fills <paramref name="destination"/>; false if the stream ends before that.</summary>
    public async ValueTask<bool> CopyToAsync(Memory<byte> destination)
    {
        int atHand = Math.Min(destination.Length, _end - _start);
        _buffer.AsMemory(_start, atHand).CopyTo(destination);
        _start += atHand;
        int filled = atHand;
        while (filled < destination.Length)
        {
            int got = _ended ? 0 : await read(destination[filled..]).ConfigureAwait(false);
            if (got == 0)
            {
                _ended = true;
                return false;
            }

            filled += got;
        }

        return true;
    }

    private async ValueTask<bool> FillAsync(int count)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (count > _buffer.Length)
        {
            Array.Resize(ref _buffer, count);
        }

        while (_end < count && !_ended)
        {
            int got = await read(_buffer.AsMemory(_end)).ConfigureAwait(false);
            _ended = got == 0;
            _end += got;
        }

        return _end >= count;
    }
}
