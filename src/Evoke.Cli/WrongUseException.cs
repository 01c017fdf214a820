using Evoke.Files;

namespace Evoke.Cli;

/// <summary>Options that are each right but do not go together.</summary>
internal sealed class WrongUseException(string message) : EvokeException(message);
