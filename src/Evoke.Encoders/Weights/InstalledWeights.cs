namespace Evoke.Encoders.Weights;

/// <summary>Weights that are on this machine.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">The encoder's name.</param>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex.</param>
/// <param name="IsOfficial">True if the hash is the published one, false if it is another, null where none is published.</param>
public sealed record InstalledWeights(string Name, string Path, long Bytes, string Sha256, bool? IsOfficial);
