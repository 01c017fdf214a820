namespace Evoke.Features.Import;

/// <summary>Features of one modality that another program made, and what its files do not say themselves.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Path">The file or folder.</param>
/// <param name="Encoder">The encoder that produced the features.</param>
public abstract record FeatureOrigin(string Path, EncoderIdentity Encoder)
{
    /// <summary>Opens the files.</summary>
    internal abstract IRowSource Open(CancellationToken cancellationToken);
}
