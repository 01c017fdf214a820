namespace Evoke.Files;

/// <summary>The stream of a file that is being written: a write error is a <see cref="FileWriteException"/> of that file, whoever writes and
/// whatever else they read meanwhile.</summary>
internal sealed class WrittenStream : Stream
{
    private const int BufferBytes = 1 << 16;
    private readonly FileStream _file;
    private readonly string _finalPath;

    /// <summary>Creates the file.</summary>
    /// <exception cref="FileWriteException">It cannot be created.</exception>
    public WrittenStream(UnfinishedFile file)
    {
        _finalPath = file.FinalPath;
        try
        {
            _file = new FileStream(file.Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, BufferBytes, FileOptions.Asynchronous);
        }
        catch (Exception error) when (IsOfTheDisk(error))
        {
            throw new FileWriteException(_finalPath, error);
        }
    }

    /// <inheritdoc/>
    public override bool CanRead => _file.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => _file.CanSeek;

    /// <inheritdoc/>
    public override bool CanWrite => _file.CanWrite;

    /// <inheritdoc/>
    public override long Length => _file.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _file.Position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Do(() => _file.Read(buffer, offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Do(() => _file.Seek(offset, origin));

    /// <inheritdoc/>
    public override void SetLength(long value) => Do(() => _file.SetLength(value));

    /// <inheritdoc/>
    public override void Flush() => Do(_file.Flush);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _file.Write(buffer);
        }
        catch (Exception error) when (IsOfTheDisk(error))
        {
            throw new FileWriteException(_finalPath, error);
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _file.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfTheDisk(error))
        {
            throw new FileWriteException(_finalPath, error);
        }
    }

    /// <inheritdoc/>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _file.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfTheDisk(error))
        {
            throw new FileWriteException(_finalPath, error);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Do(_file.Dispose);
        }

        base.Dispose(disposing);
    }

    private static bool IsOfTheDisk(Exception error) => error is IOException or UnauthorizedAccessException;

    private void Do(Action work) => Do(() =>
    {
        work();
        return true;
    });

    private T Do<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (IsOfTheDisk(error))
        {
            throw new FileWriteException(_finalPath, error);
        }
    }
}
