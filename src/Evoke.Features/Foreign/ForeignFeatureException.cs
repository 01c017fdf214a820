using Evoke.Files;

namespace Evoke.Features.Foreign;

/// <summary>A file of another program cannot be read as features; the message names it, what was expected and what was found.</summary>
public sealed class ForeignFeatureException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public ForeignFeatureException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => Path = path;

    /// <summary>The file or folder.</summary>
    public string Path { get; }
}
