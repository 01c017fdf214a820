using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Evoke.Cli.Verbs;

/// <summary>One verb. Its constructor declares arguments, options, rules and examples; running it reads them, calls a library and prints.</summary>
/// <remarks>
/// The constructor runs for every command line, so it must not load an engine. The caller turns errors into exit codes.
/// </remarks>
internal abstract class Verb : Command
{
    /// <summary>Declares the verb.</summary>
    /// <param name="name">"predict".</param>
    /// <param name="description">One or two sentences for the help text.</param>
    /// <param name="examples">Whole command lines for the help text, at least one: "evoke predict film.mp4 --html".</param>
    protected Verb(string name, string description, params ImmutableArray<string> examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction((arguments, cancellationToken) => TimeAsync(new VerbContext(arguments, cancellationToken)));
    }

    /// <summary>Whole command lines that show how the verb is used.</summary>
    public ImmutableArray<string> Examples { get; }

    /// <summary>Runs the verb.</summary>
    /// <returns>An <see cref="Shell.ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(VerbContext context);

    private async Task<int> TimeAsync(VerbContext context)
    {
        long started = Stopwatch.GetTimestamp();
        foreach (string choice in context.Choices())
        {
            context.Detail(choice);
        }

        try
        {
            return await RunAsync(context).ConfigureAwait(false);
        }
        finally
        {
            context.Detail(string.Create(CultureInfo.InvariantCulture, $"evoke {Name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s"));
        }
    }
}
