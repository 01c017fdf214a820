using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Evoke.Cli.Dataset;
using Evoke.Cli.Demo;
using Evoke.Cli.Doctor;
using Evoke.Cli.Ensemble;
using Evoke.Cli.Evaluate;
using Evoke.Cli.Extract;
using Evoke.Cli.Features;
using Evoke.Cli.Models;
using Evoke.Cli.Plan;
using Evoke.Cli.Predict;
using Evoke.Cli.Reproduce;
using Evoke.Cli.Search;
using Evoke.Cli.Shell;
using Evoke.Cli.Slurm;
using Evoke.Cli.Studio;
using Evoke.Cli.Train;
using Evoke.Cluster.Shards;
using Evoke.Files;

namespace Evoke.Cli;

/// <summary>The verbs of <c>evoke</c>, and what becomes of their errors.</summary>
internal static class EvokeCommandLine
{
    private const string Description =
        "Predicts what a video will make its viewers feel, second by second, before anyone has watched it.";

    /// <summary>All verbs, in the order of the help text. Making them must stay cheap: no verb touches its engine before it runs.</summary>
    internal static RootCommand CreateRoot()
    {
        RootCommand root = new(Description)
        {
            new PredictVerb(),
            new ExtractVerb(),
            new FeaturesCommand(),
            new ModelsCommand(),
            new DatasetVerb(),
            new TrainVerb(),
            new EvaluateVerb(),
            new EnsembleVerb(),
            new PlanVerb(),
            new SearchVerb(),
            new ReproduceVerb(),
            new SlurmCommand(),
            new StudioVerb(),
            new DemoVerb(),
            new DoctorVerb(),
        };
        root.HelpName = "evoke";
        return root;
    }

    /// <summary>Runs one command line to its end, or to a signal.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, Terminal terminal, Interruption interruption) => RunAsync(args, terminal, interruption, interruption.Token);

    /// <summary>Runs one command line to its end.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken) => RunAsync(args, terminal, null, cancellationToken);

    private static async Task<int> RunAsync(string[] args, Terminal terminal, Interruption? interruption, CancellationToken cancellationToken)
    {
        ParseResult parsed = CreateRoot().Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            return await ExplainWrongUseAsync(parsed, terminal).ConfigureAwait(false);
        }

        try
        {
            return await parsed.InvokeAsync(new TerminalInvocation(terminal, interruption), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || interruption is { IsToldToStop: true })
        {
            if (interruption is { IsToldToStop: true } && (interruption.TakesTime || ClusterTask.IsOne(Environment.GetEnvironmentVariable)))
            {
                terminal.Log("evoke: told to stop; to be run again");
                return ExitCode.RunAgain;
            }

            terminal.Log("evoke: interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is EvokeException or IOException or UnauthorizedAccessException)
        {
            terminal.Log($"evoke: {error.Message}");
            return ExitCode.WrongUse;
        }
#pragma warning disable CA1031 // The outermost frame: whatever is left is a fault of ours, and the person gets to see all of it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            terminal.Log($"evoke: this should not happen; please report it.{Environment.NewLine}{fault}");
            return ExitCode.Fault;
        }
    }

    private static async Task<int> ExplainWrongUseAsync(ParseResult parsed, Terminal terminal)
    {
        if (parsed.Action is ParseErrorAction explanation)
        {
            explanation.ShowHelp = false;
        }

        InvocationConfiguration everythingToStandardError = new() { Output = terminal.Error, Error = terminal.Error, ProcessTerminationTimeout = null };
        await parsed.InvokeAsync(everythingToStandardError, CancellationToken.None).ConfigureAwait(false);
        string verb = string.Join(' ', CommandNames(parsed.CommandResult));
        terminal.Log($"See '{verb} --help'.");
        return ExitCode.WrongUse;
    }

    private static Stack<string> CommandNames(CommandResult command)
    {
        Stack<string> names = new();
        for (SymbolResult? at = command; at is CommandResult { Command: var named }; at = at.Parent)
        {
            names.Push(named is RootCommand ? "evoke" : named.Name);
        }

        return names;
    }
}
