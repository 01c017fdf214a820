using System.Collections.Concurrent;
using System.Collections.ObjectModel;

namespace Evoke.Tensors;

/// <summary>An open file whose tensors are views of stored blocks: PyTorch's and NumPy's formats.</summary>
/// <remarks>Contiguous tensors are read from the memory map; others are copied in row-major order when first asked for, and kept.</remarks>
internal sealed class StridedTensorFile : TensorFile
{
    /// <summary>The bytes that all tensors with repeated elements may have: such a tensor could claim any size from a few bytes.</summary>
    internal const long MaxRepeatedBytes = 512 << 20;

    private readonly MappedFile _file;
    private readonly Dictionary<string, StridedTensor> _views = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorInfo> _tensors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<byte[]>> _gathered = new(StringComparer.Ordinal);

    public StridedTensorFile(MappedFile file, TensorFileFormat format, IReadOnlyDictionary<string, string>? metadata, IEnumerable<StridedTensor> tensors)
        : base(file.Path)
    {
        _file = file;
        Format = format;
        Metadata = metadata ?? ReadOnlyDictionary<string, string>.Empty;
        long repeated = 0;
        foreach (StridedTensor tensor in tensors)
        {
            TensorInfo info = tensor.Check(file.Path);
            if (info.ByteLength > tensor.Bytes.Length && (repeated += Math.Min(info.ByteLength, MaxRepeatedBytes + 1)) > MaxRepeatedBytes)
            {
                throw new TensorFileLimitException(
                    file.Path, $"the tensor {info} repeats the elements of its storage; such tensors may have {MaxRepeatedBytes} bytes in all.");
            }

            if (!_tensors.TryAdd(tensor.Name, info))
            {
                throw new MalformedTensorFileException(file.Path, $"the tensor '{tensor.Name}' appears twice.");
            }

            _views.Add(tensor.Name, tensor);
        }
    }

    public override TensorFileFormat Format { get; }

    public override IReadOnlyDictionary<string, string> Metadata { get; }

    public override IReadOnlyDictionary<string, TensorInfo> Tensors => _tensors;

    protected override ReadOnlySpan<byte> GetBytes(TensorInfo info, long offset, int length)
    {
        ArgumentNullException.ThrowIfNull(info);
        StridedTensor view = _views[info.Name];
        if (length == 0)
        {
            return [];
        }

        return view.IsContiguous
            ? view.Bytes.Slice((view.Offset * view.DType.Size()) + offset, length)
            : _gathered.GetOrAdd(info.Name, _ => new Lazy<byte[]>(() => Gather(view, info))).Value.AsSpan(checked((int)offset), length);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }
    }

    private byte[] Gather(StridedTensor view, TensorInfo info) => info.ByteLength <= Array.MaxLength
        ? view.Gather((int)info.ByteLength)
        : throw new TensorFileLimitException(Path, $"the tensor {info} is not contiguous and is too large to copy.");
}
