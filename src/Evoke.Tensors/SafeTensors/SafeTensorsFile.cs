namespace Evoke.Tensors.SafeTensors;

/// <summary>A safetensors file, memory-mapped: opening reads its header only.</summary>
/// <remarks>https://huggingface.co/docs/safetensors. Files above 2 GiB are fine. Reading is thread-safe.</remarks>
public sealed class SafeTensorsFile : TensorFile
{
    private readonly MappedFile _file;
    private readonly SafeTensorsHeader _header;

    private SafeTensorsFile(MappedFile file, SafeTensorsHeader header)
        : base(file.Path)
    {
        _file = file;
        _header = header;
    }

    /// <inheritdoc/>
    public override TensorFileFormat Format => TensorFileFormat.SafeTensors;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, TensorInfo> Tensors => _header.Tensors;

    /// <summary>Opens a file and checks its whole header: names, types, shapes, and that the tensors tile the data without gap or overlap.</summary>
    /// <exception cref="TensorFileException">The file cannot be read, is truncated, or contradicts itself; the derived type says which.</exception>
    public static SafeTensorsFile Open(string path) => Open(MappedFile.Open(path));

    internal static SafeTensorsFile Open(MappedFile file)
    {
        try
        {
            return new SafeTensorsFile(file, SafeTensorsHeader.Read(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> GetBytes(TensorInfo info, long offset, int length)
    {
        ArgumentNullException.ThrowIfNull(info);
        return _file.Slice(info.ByteOffset!.Value + offset, length);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }
    }
}
