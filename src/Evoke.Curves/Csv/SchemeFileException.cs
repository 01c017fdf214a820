using Evoke.Files;

namespace Evoke.Curves.Csv;

/// <summary>A JSON file that describes the columns of a CSV file is wrong.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">What was expected and what was found.</param>
/// <param name="innerException">The underlying error, if any.</param>
public sealed class SchemeFileException(string path, string problem, Exception? innerException = null)
    : EvokeException($"{path}: {problem}", innerException)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
