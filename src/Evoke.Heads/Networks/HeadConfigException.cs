using Evoke.Files;

namespace Evoke.Heads.Networks;

/// <summary>A head cannot be built as its config asks; the message lists every mistake.</summary>
public sealed class HeadConfigException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public HeadConfigException(string message)
        : base(message)
    {
    }
}
