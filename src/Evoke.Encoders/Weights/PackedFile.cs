namespace Evoke.Encoders.Weights;

/// <summary>One file of a <see cref="PackagedNetwork"/>.</summary>
/// <param name="Entry">Its path in the package.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex.</param>
internal sealed record PackedFile(string Entry, long Bytes, string Sha256)
{
    /// <summary>Its name in the store.</summary>
    public string Name => Entry[(Entry.LastIndexOf('/') + 1)..];
}
