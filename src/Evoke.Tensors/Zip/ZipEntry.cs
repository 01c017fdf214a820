namespace Evoke.Tensors.Zip;

/// <summary>One entry of a zip archive, its ranges checked against the file.</summary>
/// <param name="Name">Its name, with forward slashes.</param>
/// <param name="IsDeflated">True if its bytes are deflated, false if they are stored as they are.</param>
/// <param name="DataOffset">Where its stored or deflated bytes start in the file.</param>
/// <param name="StoredLength">How many bytes it takes in the file.</param>
/// <param name="Length">How many bytes it has once inflated.</param>
/// <param name="Crc32">Checksum of the inflated bytes.</param>
internal sealed record ZipEntry(string Name, bool IsDeflated, long DataOffset, long StoredLength, long Length, uint Crc32);
