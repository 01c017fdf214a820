using System.Buffers;

namespace Evoke.Media.Reading;

/// <summary>A pooled array that several chunks may share; it returns to the pool when the last of them has been used.</summary>
internal sealed class SharedBuffer<T>(int length) : IDisposable
{
    private readonly T[] _array = ArrayPool<T>.Shared.Rent(length);
    private int _owners = 1;

    /// <summary>The elements.</summary>
    public Memory<T> Memory => _array.AsMemory(0, length);

    /// <summary>Adds an owner, which must dispose as well.</summary>
    public SharedBuffer<T> Share()
    {
        Interlocked.Increment(ref _owners);
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _owners) == 0)
        {
            ArrayPool<T>.Shared.Return(_array);
        }
    }
}
