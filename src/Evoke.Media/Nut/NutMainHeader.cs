namespace Evoke.Media.Nut;

/// <summary>Numerator and denominator of a stream's clock, in seconds per tick.</summary>
internal readonly record struct NutTimeBase(long Numerator, long Denominator);

/// <summary>The meaning of one frame code.</summary>
internal readonly record struct NutFrameCode(NutFrameFlags Flags, long PtsDelta, int SizeMultiplier, int Stream, int SizeLsb, int Reserved, int Header);

/// <summary>The fields of a frame header and the kind of the frame.</summary>
[Flags]
internal enum NutFrameFlags
{
    None = 0,
    Key = 1,
    EndOfRelevance = 2,
    CodedPts = 8,
    StreamId = 16,
    SizeMsb = 32,
    Checksum = 64,
    Reserved = 128,
    SideData = 256,
    HeaderIndex = 1024,
    MatchTime = 2048,
    Coded = 4096,
    Invalid = 8192,
}

/// <summary>The main header of a NUT stream: its clocks and the table that makes frame headers short.</summary>
/// <remarks>https://ffmpeg.org/~michael/nut.txt, "main header".</remarks>
internal sealed record NutMainHeader(int Streams, NutTimeBase[] TimeBases, NutFrameCode[] FrameCodes, byte[][] ElisionHeaders)
{
    private const int MostStreams = 256;

    /// <summary>Reads the header's content without its checksum.</summary>
    /// <exception cref="InvalidDataException">The header is not one of NUT version 2, 3 or 4.</exception>
    public static NutMainHeader Read(ReadOnlySpan<byte> content)
    {
        NutCursor cursor = new(content);
        int version = cursor.Count(int.MaxValue);
        if (version is < 2 or > 4)
        {
            throw new InvalidDataException(FormattableString.Invariant($"the NUT stream has version {version}; expected 2 to 4"));
        }

        if (version > 3)
        {
            cursor.Unsigned(); // Minor version.
        }

        int streams = cursor.Count(MostStreams);
        cursor.Unsigned(); // Largest distance between syncpoints: for seeking.
        NutTimeBase[] timeBases = new NutTimeBase[cursor.Count(MostStreams)];
        for (int i = 0; i < timeBases.Length; i++)
        {
            timeBases[i] = new NutTimeBase(cursor.Count(int.MaxValue), cursor.Count(int.MaxValue));
            if (timeBases[i] is { Numerator: 0 } or { Denominator: 0 })
            {
                throw new InvalidDataException("the NUT stream has a time base of zero");
            }
        }

        if (streams == 0 || timeBases.Length == 0)
        {
            throw new InvalidDataException("the NUT stream has no streams or no clock");
        }

        NutFrameCode[] codes = ReadFrameCodes(ref cursor);
        return new NutMainHeader(streams, timeBases, codes, ReadElisionHeaders(ref cursor));
    }

    private static NutFrameCode[] ReadFrameCodes(ref NutCursor cursor)
    {
        NutFrameCode[] codes = new NutFrameCode[256];
        long pts = 0;
        int multiplier = 1;
        int stream = 0;
        int header = 0;
        for (int code = 0; code < 256;)
        {
            NutFrameFlags flags = (NutFrameFlags)cursor.Count(int.MaxValue);
            int fields = cursor.Count(MostStreams);
            pts = fields > 0 ? cursor.Signed() : pts;
            multiplier = fields > 1 ? cursor.Count(ushort.MaxValue) : multiplier;
            stream = fields > 2 ? cursor.Count(MostStreams) : stream;
            int lsb = fields > 3 ? cursor.Count(ushort.MaxValue) : 0;
            int reserved = fields > 4 ? cursor.Count(MostStreams) : 0;
            int count = fields > 5 ? cursor.Count(256) : multiplier - lsb;
            if (fields > 6)
            {
                cursor.Signed(); // Match time: for seeking.
            }

            header = fields > 7 ? cursor.Count(MostStreams) : header;
            for (int extra = 8; extra < fields; extra++)
            {
                cursor.Unsigned();
            }

            for (int i = 0; i < count && code < 256; code++)
            {
                // 'N' starts a start code; it is never a frame code.
                codes[code] = code == 'N'
                    ? new NutFrameCode(NutFrameFlags.Invalid, 0, 1, 0, 0, 0, 0)
                    : new NutFrameCode(flags, pts, multiplier, stream, lsb + i, reserved, header);
                i += code == 'N' ? 0 : 1;
            }

            if (count <= 0)
            {
                throw new InvalidDataException("the NUT stream's table of frame codes is damaged");
            }
        }

        return codes;
    }

    private static byte[][] ReadElisionHeaders(ref NutCursor cursor)
    {
        if (cursor.Remaining == 0)
        {
            return [[]];
        }

        byte[][] headers = new byte[cursor.Count(127) + 1][];
        headers[0] = [];
        for (int i = 1; i < headers.Length; i++)
        {
            headers[i] = new byte[cursor.Count(255)];
            for (int j = 0; j < headers[i].Length; j++)
            {
                headers[i][j] = cursor.Byte();
            }
        }

        return headers;
    }
}
