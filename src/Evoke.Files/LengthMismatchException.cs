namespace Evoke.Files;

/// <summary>A downloaded file does not have the published length. It is not kept.</summary>
public sealed class LengthMismatchException(string source, long expected, long found)
    : EvokeException($"{source}: expected {expected} bytes, found {found}. The file was not kept.")
{
    /// <summary>Bytes of the published file.</summary>
    public long Expected { get; } = expected;

    /// <summary>Bytes of this one.</summary>
    public long Found { get; } = found;
}
