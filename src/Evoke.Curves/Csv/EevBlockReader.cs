using System.Buffers;
using Evoke.Files;

namespace Evoke.Curves.Csv;

/// <summary>Reads a large file in EEV format in blocks, which are parsed on several threads and come in the order of the file.</summary>
/// <remarks>Memory is bounded by the blocks that are parsed ahead: two for each thread, of a megabyte each unless a line is longer.</remarks>
internal sealed class EevBlockReader : IDisposable
{
    /// <summary>How large a block is, in bytes.</summary>
    public const int UsualBlock = 1 << 18;

    private const int MostThreads = 4; // then the thread that reads and joins the rows is the bottleneck
    private const int AheadForEach = 2;

    private readonly string _path;
    private readonly Stream _file;
    private readonly EevBlockColumns _columns;
    private readonly int _blockBytes;
    private readonly int _mostAhead = AheadForEach * Math.Min(MostThreads, Environment.ProcessorCount);
    private readonly Queue<Task<EevBlock>> _ahead = new();
    private byte[] _rest = [];
    private bool _atEnd;

    private EevBlockReader(string path, Stream file, EevBlockColumns columns, int blockBytes)
    {
        _path = path;
        _file = file;
        _columns = columns;
        _blockBytes = blockBytes;
    }

    /// <summary>Opens a file after its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">What its label columns have to hold.</param>
    /// <param name="blockBytes">How large a block is; smaller files are not worth it.</param>
    /// <returns>Null if the file is small, is no plain file such as a pipe, or has a header that must be read as CSV.</returns>
    /// <exception cref="FileReadException">It cannot be read.</exception>
    public static EevBlockReader? Open(string path, EevBlockColumns columns, int blockBytes)
    {
        FileStream? file = null;
        try
        {
            if (!FileKind.IsFileOver(path, blockBytes))
            {
                return null;
            }

            file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (file.CanSeek && HeaderBytes(file, columns.Lows.Length) is int header)
            {
                file.Position = header;
                EevBlockReader reader = new(path, file, columns, blockBytes);
                file = null;
                return reader;
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>The next block; null at the end of the file.</summary>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    public EevBlock? Next()
    {
        while (_ahead.Count < _mostAhead && ReadBlock() is { } block)
        {
            _ahead.Enqueue(Task.Run(block.Parse));
        }

        return _ahead.TryDequeue(out Task<EevBlock>? next) ? next.GetAwaiter().GetResult() : null;
    }

    /// <summary>Closes the file. Blocks that are still parsed are left to the garbage collector.</summary>
    public void Dispose() => _file.Dispose();

    // The length of the first line, if its columns can be counted without reading it as CSV.
    private static int? HeaderBytes(FileStream file, int labels)
    {
        Span<byte> start = stackalloc byte[1 << 14];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        int end = start.IndexOf((byte)'\n');
        if (end <= 0)
        {
            return null;
        }

        ReadOnlySpan<byte> line = start[end - 1] == '\r' ? start[..(end - 1)] : start[..end];
        bool isPlain = line.IndexOfAny((byte)'"', (byte)'\r') < 0 && line.Count((byte)',') == EevRowReader.FirstLabelColumn + labels - 1;
        return isPlain ? end + 1 : null;
    }

    // What is left of the block before, and whole lines after it; a line without an end only at the end of the file.
    private EevBlock? ReadBlock()
    {
        if (_atEnd)
        {
            return null;
        }

        byte[] text = ArrayPool<byte>.Shared.Rent(_rest.Length + _blockBytes + EevBlock.Padding);
        _rest.CopyTo(text, 0);
        int length = _rest.Length, read = Fill(text.AsSpan(length, _blockBytes));
        length += read;
        _atEnd = read < _blockBytes;
        int lines = _atEnd ? length : text.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
        _rest = text[lines..length];
        text.AsSpan(lines, EevBlock.Padding).Clear();
        if (lines > 0)
        {
            return new EevBlock(text, lines, _columns);
        }

        // A line longer than a block is not plain, unless nothing is left.
        _atEnd = true;
        return length == 0 ? null : new EevBlock(text, 0, _columns) { IsCutShort = true };
    }

    private int Fill(Span<byte> room)
    {
        try
        {
            return _file.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
        }
        catch (IOException error)
        {
            throw new FileReadException(_path, error);
        }
    }
}
