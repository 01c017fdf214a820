using Evoke.Files;

namespace Evoke.Insights.Predictions;

/// <summary>A file is not a prediction that Evoke wrote as JSON; the message names the file, what was expected and what was found.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PredictionFileException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public PredictionFileException(string path, string problem, Exception? innerException = null)
        : base($"{path} is not a prediction of 'evoke predict --json': {problem}.", innerException)
    {
    }

    /// <summary>True if the file is sound JSON of another kind.</summary>
    public bool IsSomethingElse { get; init; }
}
