using System.Runtime.CompilerServices;

namespace Evoke.Features.Hdf5;

/// <summary>
/// A file as PureHDF reads it. Whatever the file makes the library do, it reads in between: here it hears of a cancellation, cannot go round in circles for
/// ever, and cannot overflow the stack.
/// </summary>
/// <remarks>Not thread-safe; <see cref="Hdf5FeatureReader"/> uses it from one thread at a time.</remarks>
internal sealed class Hdf5Stream : Stream
{
    // How often a byte may be read, on average, and how many reads a small file has in any case.
    private const long MostTimes = 64;
    private const long Allowance = 1 << 22;

    // How many bytes the library may allocate for the structure of a file, for each byte of it and in any case.
    private const long MostMemoryTimes = 256;
    private const long MemoryAllowance = 64 << 20;

    private readonly FileStream _file;
    private CancellationToken _cancellation;
    private long _left;
    private long _mostAllocated;

    public Hdf5Stream(string path)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 14);
        BeginStructure(CancellationToken.None);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _file.Position;
        set => _file.Position = value;
    }

    /// <summary>Begins to read what is in the file and where. A file that leads round in circles could fill the memory with what it leads to.</summary>
    public void BeginStructure(CancellationToken cancellation)
    {
        BeginValues(cancellation);
        _mostAllocated = checked(GC.GetAllocatedBytesForCurrentThread() + (Length * MostMemoryTimes) + MemoryAllowance);
    }

    /// <summary>Begins to read values, whose number has been compared with the size of the file.</summary>
    public void BeginValues(CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _left = checked((Length * MostTimes) + Allowance);
        _mostAllocated = long.MaxValue;
    }

    public override int Read(Span<byte> buffer)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (buffer.Length > Length)
        {
            throw new InvalidDataException(FormattableString.Invariant($"it states a structure of {buffer.Length} bytes; the whole file has {Length}."));
        }

        _left -= Math.Max(16, buffer.Length);
        return _left >= 0 && GC.GetAllocatedBytesForCurrentThread() <= _mostAllocated && RuntimeHelpers.TryEnsureSufficientExecutionStack()
            ? _file.Read(buffer)
            : throw new InvalidDataException("the structure of the file goes round in circles.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => _file.Seek(offset, origin);

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException("The file is only read.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The file is only read.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
