using Evoke.Files;

namespace Evoke.Cli.Shell;

/// <summary>Options that are valid on their own but cannot be combined.</summary>
internal sealed class WrongUseException(string message) : EvokeException(message);
