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

    private readonly FileStream _file;
    private CancellationToken _cancellation;
    private long _left;

    public Hdf5Stream(string path)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 14);
        Begin(CancellationToken.None);
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

    /// <summary>Begins a piece of work that has its own bound.</summary>
    public void Begin(CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _left = checked((Length * MostTimes) + Allowance);
    }

    public override int Read(Span<byte> buffer)
    {
        _cancellation.ThrowIfCancellationRequested();
        _left -= Math.Max(16, buffer.Length);
        return _left >= 0 && RuntimeHelpers.TryEnsureSufficientExecutionStack()
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
