using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Evoke.Media.Reading;

/// <summary>The bounded queue from the decoder to the reader: decoding runs ahead by a few megabytes and then waits.</summary>
internal sealed class ChunkQueue(int capacity)
{
    private readonly Channel<(MediaChunk Chunk, IDisposable Buffer)> _channel =
        Channel.CreateBounded<(MediaChunk, IDisposable)>(new BoundedChannelOptions(capacity) { SingleReader = true });

    /// <summary>Adds a frame; the queue takes over one ownership of the buffer.</summary>
    public ValueTask WriteFrameAsync(int index, SharedBuffer<byte> rgb, CancellationToken cancellationToken) =>
        _channel.Writer.WriteAsync((new FrameChunk(index, rgb.Memory), rgb), cancellationToken);

    /// <summary>Adds a stretch of sound; the queue takes over one ownership of the buffer.</summary>
    public ValueTask WriteSoundAsync(long startSample, SharedBuffer<float> samples, int count, CancellationToken cancellationToken) =>
        _channel.Writer.WriteAsync((new WaveformChunk(startSample, samples.Memory[..count]), samples), cancellationToken);

    /// <summary>Completes the queue; an error is thrown to the reader after the last chunk.</summary>
    public void Complete(Exception? error) => _channel.Writer.TryComplete(error);

    /// <summary>The chunks in order; each buffer is returned when the next chunk is requested.</summary>
    public async IAsyncEnumerable<MediaChunk> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((MediaChunk chunk, IDisposable buffer) in _channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return chunk;
            buffer.Dispose();
        }
    }
}
