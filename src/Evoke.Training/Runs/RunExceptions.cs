using Evoke.Files;

namespace Evoke.Training.Runs;

/// <summary>A run's folder cannot be used: it holds another run, is in use, or is damaged.</summary>
public sealed class RunFolderException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public RunFolderException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with the one behind it.</summary>
    public RunFolderException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The loss is no number any more.</summary>
public sealed class TrainingDivergedException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }
}
