using Evoke.Files;

namespace Evoke.Cli.Shell;

/// <summary>Options that are each right but do not go together.</summary>
internal sealed class WrongUseException(string message) : EvokeException(message);
