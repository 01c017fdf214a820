using System.CommandLine;

namespace Evoke.Cli;

/// <summary>One verb: declares its arguments and options in its constructor, and when run reads them, calls a room to the left and prints.</summary>
/// <remarks>The constructor runs for every command line, so it must not touch an engine's types. <see cref="EvokeCommandLine"/> turns errors into exit codes.</remarks>
internal abstract class Verb : Command
{
    /// <summary>Declares the verb.</summary>
    protected Verb(string name, string description)
        : base(name, description) =>
        SetAction((arguments, cancellationToken) => RunAsync(new VerbContext(arguments, cancellationToken)));

    /// <summary>Does it.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(VerbContext context);
}
