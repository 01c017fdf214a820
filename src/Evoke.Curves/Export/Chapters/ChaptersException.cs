using Evoke.Files;

namespace Evoke.Curves.Export.Chapters;

/// <summary>A video has no chapters that the format would show.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ChaptersException : EvokeException
{
    /// <summary>Creates an error.</summary>
    /// <param name="obstacle">What was expected and what was found.</param>
    public ChaptersException(string obstacle)
        : base($"There are no chapters to write: {obstacle}.")
    {
    }
}
