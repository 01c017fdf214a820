using Evoke.Files;

namespace Evoke.Datasets.Manifests;

/// <summary>A malformed manifest; the message names the file, the line, what was expected and what was found.</summary>
public sealed class ManifestException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public ManifestException(string path, long line, string problem, Exception? innerException = null)
        : base(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}, line {line}: {problem}"), innerException)
    {
    }
}
