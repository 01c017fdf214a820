using Evoke.Files;

namespace Evoke.Heads.Networks;

/// <summary>The config of a head is not valid; the message lists every mistake.</summary>
public sealed class HeadConfigException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public HeadConfigException(string message)
        : base(message)
    {
    }
}
