namespace Evoke.Media.Nut;

/// <summary>A packet's header: its stream, its time, and the size of its payload.</summary>
internal readonly record struct NutPacket(int Stream, long Pts, int Size);

/// <summary>
/// Reads NUT, the container in which ffmpeg sends frames, times and sound over one pipe: it has boundaries and exact timestamps and needs no buffering.
/// </summary>
/// <remarks>Made for a reliable pipe: checksums are skipped, damage is an error. https://ffmpeg.org/~michael/nut.txt</remarks>
internal sealed class NutReader
{
    private const ulong MainStartCode = 0x4E4D_7A56_1F5F_04AD;
    private const ulong StreamStartCode = 0x4E53_1140_5BF2_F9DB;
    private const ulong SyncpointStartCode = 0x4E4B_E4AD_EECA_4569;
    private const ulong IndexStartCode = 0x4E58_DD67_2F23_E64E;
    private const ulong InfoStartCode = 0x4E49_AB68_B596_BA78;
    private const int LongestFrameHeader = 256;
    private const int LongestHeaderPacket = 16 * 1024 * 1024;
    private const int LargestPayload = 1 << 30;

    private static ReadOnlySpan<byte> FileId => "nut/multimedia container\0"u8;

    private readonly NutByteSource _source;
    private NutMainHeader? _main;
    private StreamClock?[] _clocks = [];
    private byte[] _elided = []; // The first bytes of the current packet, which the header table holds.
    private int _payloadLeft;

    /// <summary>Reads from <paramref name="read"/>, which returns 0 at the end.</summary>
    public NutReader(ReadBytes read) => _source = new NutByteSource(read);

    /// <summary>True once the main header has been read: the program has started to send.</summary>
    public bool HasBegun => _main is not null;

    /// <summary>True once the program has sent its last byte.</summary>
    public bool HasEnded => _source.HasEnded;

    /// <summary>The clock of a stream; known once its first packet has come.</summary>
    public NutTimeBase TimeBase(int stream) => _clocks[stream]!.TimeBase;

    /// <summary>Goes to the next packet and skips the rest of the previous one; null at the end.</summary>
    /// <exception cref="InvalidDataException">The stream ends within a packet or is not NUT.</exception>
    public async ValueTask<NutPacket?> NextAsync()
    {
        if (_payloadLeft > 0)
        {
            await SkipPayloadAsync().ConfigureAwait(false);
        }

        if (_main is null && !await SkipFileIdAsync().ConfigureAwait(false))
        {
            return null;
        }

        while (true)
        {
            bool whole = await _source.HasAsync(LongestFrameHeader).ConfigureAwait(false);
            if (!whole && _source.Available.IsEmpty)
            {
                return null;
            }

            if (_source.Available[0] != 'N')
            {
                return ReadFrameHeader();
            }

            await ReadHeaderPacketAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Reads the whole payload of the current packet: <paramref name="destination"/> has its size.</summary>
    /// <exception cref="InvalidDataException">The stream ends within the payload.</exception>
    public async ValueTask ReadPayloadAsync(Memory<byte> destination)
    {
        if (destination.Length != _payloadLeft)
        {
            throw new ArgumentException($"The packet has {_payloadLeft} bytes; the destination {destination.Length}.", nameof(destination));
        }

        _elided.CopyTo(destination);
        _payloadLeft = 0;
        if (!await _source.CopyToAsync(destination[_elided.Length..]).ConfigureAwait(false))
        {
            throw new InvalidDataException("the stream ends within a packet");
        }
    }

    // False if there is no byte at all. Anything but the id is detected at its first byte, even if the program sends nothing more.
    private async ValueTask<bool> SkipFileIdAsync()
    {
        for (int length = 1; length <= FileId.Length; length++)
        {
            if (!await _source.HasAsync(length).ConfigureAwait(false))
            {
                return length == 1 ? false : throw new InvalidDataException("the stream ends within its first bytes");
            }

            if (!_source.Available.StartsWith(FileId[..length]))
            {
                throw new InvalidDataException("the stream is not NUT");
            }
        }

        _source.Advance(FileId.Length);
        return true;
    }

    private async ValueTask SkipPayloadAsync()
    {
        byte[] nowhere = new byte[Math.Min(_payloadLeft, 64 * 1024)];
        int left = Math.Max(0, _payloadLeft - _elided.Length);
        _payloadLeft = 0;
        while (left > 0)
        {
            int some = Math.Min(left, nowhere.Length);
            if (!await _source.CopyToAsync(nowhere.AsMemory(0, some)).ConfigureAwait(false))
            {
                throw new InvalidDataException("the stream ends within a packet");
            }

            left -= some;
        }
    }

    private async ValueTask ReadHeaderPacketAsync()
    {
        (ulong code, int head, int length) = ReadPacketHead();
        if (!await _source.HasAsync(head + length).ConfigureAwait(false))
        {
            throw new InvalidDataException("the stream ends within a header");
        }

        if (_main is null && code != MainStartCode)
        {
            throw new InvalidDataException("the NUT stream does not start with its main header");
        }

        ReadOnlySpan<byte> content = _source.Available.Slice(head, Math.Max(0, length - 4)); // Its last 4 bytes are a checksum.
        switch (code)
        {
            case MainStartCode:
                ReadMainHeader(content);
                break;
            case StreamStartCode:
                ReadStreamHeader(content);
                break;
            case SyncpointStartCode:
                ReadSyncpoint(content);
                break;
            case InfoStartCode or IndexStartCode:
                break;
            default:
                throw new InvalidDataException(FormattableString.Invariant($"the NUT stream holds an unknown start code {code:X16}"));
        }

        _source.Advance(head + length);
    }

    private (ulong Code, int HeadLength, int Length) ReadPacketHead()
    {
        NutCursor cursor = new(_source.Available);
        ulong code = cursor.StartCode();
        int length = cursor.Count(LongestHeaderPacket);
        if (length > 4096)
        {
            cursor.Skip(4); // Long packets have a checksum of their head too.
        }

        return (code, cursor.Position, length);
    }

    private void ReadMainHeader(ReadOnlySpan<byte> content)
    {
        // The muxer repeats its headers now and then; the first copy is enough.
        if (_main is not null)
        {
            return;
        }

        _main = NutMainHeader.Read(content);
        _clocks = new StreamClock[_main.Streams];
    }

    private void ReadStreamHeader(ReadOnlySpan<byte> content)
    {
        NutCursor cursor = new(content);
        int stream = cursor.Count(_clocks.Length - 1);
        cursor.Unsigned(); // Class: picture, sound, ...
        cursor.Skip(cursor.Count(16)); // Codec tag.
        int timeBase = cursor.Count(_main!.TimeBases.Length - 1);
        int shift = cursor.Count(15);
        _clocks[stream] ??= new StreamClock(_main.TimeBases[timeBase], shift);
    }

    private void ReadSyncpoint(ReadOnlySpan<byte> content)
    {
        NutCursor cursor = new(content);
        long coded = cursor.Unsigned();
        (long ticks, long which) = Math.DivRem(coded, _main!.TimeBases.Length);
        NutTimeBase timeBase = _main.TimeBases[which];
        foreach (StreamClock? clock in _clocks)
        {
            clock?.Reset(ticks, timeBase);
        }
    }

    private NutPacket ReadFrameHeader()
    {
        if (_main is null)
        {
            throw new InvalidDataException("a packet comes before the NUT stream's main header");
        }

        NutCursor cursor = new(_source.Available);
        NutFrameCode code = _main.FrameCodes[cursor.Byte()];
        NutFrameFlags flags = code.Flags;
        if (flags.HasFlag(NutFrameFlags.Coded))
        {
            flags ^= (NutFrameFlags)cursor.Unsigned();
        }

        if ((flags & (NutFrameFlags.Invalid | NutFrameFlags.SideData)) != 0)
        {
            throw new InvalidDataException("the NUT stream is damaged or carries side data");
        }

        int stream = flags.HasFlag(NutFrameFlags.StreamId) ? cursor.Count(_clocks.Length - 1) : code.Stream;
        StreamClock clock = _clocks.ElementAtOrDefault(stream) ?? throw new InvalidDataException("a packet comes before its stream's header");
        long pts = flags.HasFlag(NutFrameFlags.CodedPts) ? clock.FromCoded(cursor.Unsigned()) : clock.FromDelta(code.PtsDelta);
        long size = code.SizeLsb + (flags.HasFlag(NutFrameFlags.SizeMsb) ? (long)code.SizeMultiplier * cursor.Count(LargestPayload) : 0);
        if (flags.HasFlag(NutFrameFlags.MatchTime))
        {
            cursor.Signed();
        }

        int header = flags.HasFlag(NutFrameFlags.HeaderIndex) ? cursor.Count(_main.ElisionHeaders.Length - 1) : code.Header;
        byte[] elided = header < _main.ElisionHeaders.Length
            ? _main.ElisionHeaders[header]
            : throw new InvalidDataException(
                FormattableString.Invariant($"a packet of the NUT stream refers to elision header {header}; there are {_main.ElisionHeaders.Length}"));
        int reserved = flags.HasFlag(NutFrameFlags.Reserved) ? cursor.Count(LongestFrameHeader) : code.Reserved;
        for (int i = 0; i < reserved; i++)
        {
            cursor.Unsigned();
        }

        if (flags.HasFlag(NutFrameFlags.Checksum))
        {
            cursor.Skip(4);
        }

        if (size is < 0 or > LargestPayload)
        {
            throw new InvalidDataException(FormattableString.Invariant($"a packet of the NUT stream says it has {size} bytes"));
        }

        _source.Advance(cursor.Position);
        _elided = size > 4096 ? [] : elided;
        if (_elided.Length > size)
        {
            throw new InvalidDataException("a packet of the NUT stream is smaller than its elided header");
        }

        _payloadLeft = (int)size;
        return new NutPacket(stream, pts, (int)size);
    }

    // NUT writes only the low bits of a timestamp where they suffice, relative to the previous one of the stream.
    private sealed class StreamClock(NutTimeBase timeBase, int shift)
    {
        // A thousand years of microseconds.
        private const long LatestTick = 1L << 55;

        private long _last;

        public NutTimeBase TimeBase => timeBase;

        public void Reset(long ticks, NutTimeBase of)
        {
            Int128 last = (Int128)ticks * of.Numerator * timeBase.Denominator / ((Int128)of.Denominator * timeBase.Numerator);
            _last = last <= LatestTick ? (long)last : throw new InvalidDataException("a timestamp of the NUT stream is out of range");
        }

        public long FromDelta(long delta) => Within(_last + (Int128)delta);

        public long FromCoded(long coded)
        {
            long range = 1L << shift;
            if (coded >= range)
            {
                return Within(coded - range);
            }

            long mask = range - 1;
            long from = _last - (mask / 2);
            return Within(((coded - from) & mask) + from);
        }

        private long Within(Int128 tick) => _last = tick >= -LatestTick && tick <= LatestTick
            ? (long)tick
            : throw new InvalidDataException("a timestamp of the NUT stream is out of range");
    }
}
