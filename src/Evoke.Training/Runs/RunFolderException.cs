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

    /// <summary>True if a file of the run is damaged; false if the folder is in use or holds another run.</summary>
    public bool IsDamage { get; init; }
}
