using Evoke.Files;

namespace Evoke.Encoders.Extraction;

/// <summary>A media file has nothing that the encoders take, or nothing of it could be decoded.</summary>
public sealed class NothingToEncodeException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public NothingToEncodeException(string path, string problem)
        : base($"{path}: {problem}") => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
