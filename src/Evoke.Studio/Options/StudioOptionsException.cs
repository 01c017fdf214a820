using Evoke.Files;

namespace Evoke.Studio.Options;

/// <summary>Options with which Studio must not start; the message says why and what to give instead.</summary>
public sealed class StudioOptionsException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public StudioOptionsException(string message)
        : base(message)
    {
    }
}
