namespace Evoke.Files;

/// <summary>One item failed because of a bug in Evoke; the others were not affected.</summary>
/// <param name="path">The item's file.</param>
/// <param name="fault">The fault.</param>
public sealed class UnexpectedFailureException(string path, Exception fault)
    : EvokeException($"{path}: an unexpected error ({fault?.GetType().Name}: {FirstLine(fault)}). Please report it.", fault)
{
    /// <summary>The item's file.</summary>
    public string Path { get; } = path;

    private static string? FirstLine(Exception? fault) => fault is null ? null : PlainMessage.Of(fault).Split('\n', 2)[0];
}
