using Evoke.Files;

namespace Evoke.Training.Runs;

/// <summary>The loss became NaN or infinite.</summary>
public sealed class TrainingDivergedException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }
}
