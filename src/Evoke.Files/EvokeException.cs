namespace Evoke.Files;

/// <summary>
/// The base of every error that Evoke reports about its input: the message names the file, video or row, what was expected and what was found.
/// </summary>
/// <remarks>One derived type per cause. A command prints the message alone, with no stack; any other exception is a bug in Evoke.</remarks>
public abstract class EvokeException : Exception
{
    /// <summary>Creates an error with a message for the user.</summary>
    protected EvokeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with a message for the user and the error that caused it.</summary>
    protected EvokeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// True if the error has nothing to do with the one video or file at hand: the machine, the settings or the output folder are wrong, so that every
    /// other one would fail too.
    /// A run over many files ends with such an error and skips the file on any other: see <see cref="ItemFailure"/>.
    /// </summary>
    public virtual bool EndsRun => false;
}
