namespace Evoke.Files;

/// <summary>What a server stated about a file.</summary>
/// <param name="Address">The requested address.</param>
/// <param name="EntityTag">Its strong entity tag, quotes included; null if it gave none.</param>
/// <param name="LastModified">Its Last-Modified header; null if it gave none.</param>
/// <param name="Bytes">The length of the whole; null if it stated none.</param>
internal sealed record PartialNote(string Address, string? EntityTag, string? LastModified, long? Bytes);
