using Evoke.Files;

namespace Evoke.Experiments.Folds;

/// <summary>A cross-validation cannot be made or continued; the message says what was expected and found.</summary>
public sealed class CrossValidationException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public CrossValidationException(string message)
        : base(message)
    {
    }
}
