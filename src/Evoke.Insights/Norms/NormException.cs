using Evoke.Files;

namespace Evoke.Insights.Norms;

/// <summary>A norm cannot be made or read; the message names the file or folder, what was expected and what was found.</summary>
/// <remarks>Immutable.</remarks>
public sealed class NormException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public NormException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
