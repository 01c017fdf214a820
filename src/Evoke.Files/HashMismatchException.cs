namespace Evoke.Files;

/// <summary>A downloaded file does not have the published hash: it is damaged, or it is a different file. It is not kept.</summary>
public sealed class HashMismatchException(string source, string expected, string found)
    : EvokeException($"{source}: expected a SHA-256 that starts with {expected}, found {found}. The file was not kept.")
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    /// <summary>The published hash, or its first digits.</summary>
    public string Expected { get; } = expected;

    /// <summary>The file's hash.</summary>
    public string Found { get; } = found;
}
