using Evoke.Files;

namespace Evoke.Studio.Options;

/// <summary>Options with which Studio cannot start safely; the message says why and what to use instead.</summary>
public sealed class StudioOptionsException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public StudioOptionsException(string message)
        : base(message)
    {
    }
}
