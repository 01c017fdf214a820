using Evoke.Files;

namespace Evoke.Experiments.Paper;

/// <summary>A folder lacks something that the paper's tables need; the message says what, and which command creates it.</summary>
public sealed class ReproductionDataException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public ReproductionDataException(string message)
        : base(message)
    {
    }
}
