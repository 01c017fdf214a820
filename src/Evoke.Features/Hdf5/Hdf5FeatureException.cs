using Evoke.Files;

namespace Evoke.Features.Hdf5;

/// <summary>An HDF5 file cannot be read or written as features; the message names it and, where it is about one, the video.</summary>
public sealed class Hdf5FeatureException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public Hdf5FeatureException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
