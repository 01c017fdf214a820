using System.CommandLine;
using System.CommandLine.Parsing;
using Evoke.Cli.Breaks;
using Evoke.Cli.Compare;
using Evoke.Cli.CrossValidate;
using Evoke.Cli.Dataset;
using Evoke.Cli.Demo;
using Evoke.Cli.Doctor;
using Evoke.Cli.Encoders;
using Evoke.Cli.Ensemble;
using Evoke.Cli.Evaluate;
using Evoke.Cli.Extract;
using Evoke.Cli.Features;
using Evoke.Cli.Models;
using Evoke.Cli.Norms;
using Evoke.Cli.Plan;
using Evoke.Cli.Predict;
using Evoke.Cli.Rank;
using Evoke.Cli.Reproduce;
using Evoke.Cli.Search;
using Evoke.Cli.Shell;
using Evoke.Cli.Slurm;
using Evoke.Cli.Studio;
using Evoke.Cli.Submission;
using Evoke.Cli.Train;
using Evoke.Cli.Verbs;
using Evoke.Cluster.Shards;
using Evoke.Files;
using Evoke.Training.Recipes;

namespace Evoke.Cli;

/// <summary>The verbs of <c>evoke</c>, and how their errors are reported.</summary>
internal static class EvokeCommandLine
{
    private const string Description =
        "Predicts what viewers will feel while watching a video, second by second, before anyone has seen it.";

    private static readonly ParserConfiguration s_parsing = new()
    {
        EnablePosixBundling = false, // "-abc" is an unknown option, not -a -b -c
        ResponseFileTokenReplacer = null, // "@film.mp4" is a file's name
    };

    /// <summary>All verbs, in the order of the help text. Constructing them must stay cheap: no verb loads its engine before it runs.</summary>
    internal static RootCommand CreateRoot() => CreateRoot(new VerbosityOptions());

    /// <summary>Reads a command line; nothing is run.</summary>
    internal static ParsedLine Parse(IReadOnlyList<string> arguments)
    {
        VerbosityOptions verbosity = new();
        ParseResult parsed = CreateRoot(verbosity).Parse(arguments, s_parsing);
        IReadOnlyList<string> unknown = UnknownOptions.Find(parsed, arguments);
        string[] mistakes = unknown.Count > 0 ? [.. unknown]
            : verbosity.FindMistake(parsed) is { } both ? [both]
            : parsed.Action is HelpWithExamples ? []
            : [.. parsed.Errors.Select(error => error.Message), .. PathSymbols.FindMistakes(parsed)];
        return new ParsedLine(parsed, verbosity.Of(parsed), mistakes);
    }

    /// <summary>Runs one command line until it ends or a signal stops it.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, Terminal terminal, Interruption interruption, TrainingCatalog catalog) =>
        RunAsync(args, terminal, interruption, catalog, interruption.Token);

    /// <summary>Runs one command line until it ends.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken, TrainingCatalog? catalog = null) =>
        RunAsync(args, terminal, null, catalog ?? TrainingCatalog.Default, cancellationToken);

    private static RootCommand CreateRoot(VerbosityOptions verbosity)
    {
        RootCommand root = new(Description)
        {
            new PredictVerb(),
            new RankVerb(),
            new NormsCommand(),
            new BreaksVerb(),
            new ExtractVerb(),
            new FeaturesCommand(),
            new EncodersCommand(),
            new ModelsCommand(),
            new DatasetCommand(),
            new TrainVerb(),
            new EvaluateVerb(),
            new CrossValidateVerb(),
            new CompareVerb(),
            new EnsembleVerb(),
            new SubmissionVerb(),
            new PlanVerb(),
            new SearchVerb(),
            new ReproduceVerb(),
            new SlurmCommand(),
            new StudioVerb(),
            new DemoVerb(),
            new DoctorVerb(),
        };
        root.HelpName = "evoke";
        verbosity.AddTo(root);
        HelpWithExamples.AddTo(root);
        return root;
    }

    private static async Task<int> RunAsync(
        string[] args, Terminal said, Interruption? interruption, TrainingCatalog catalog, CancellationToken cancellationToken)
    {
        ParsedLine line = Parse(args.Length == 0 ? ["--help"] : args);
        Terminal terminal = said.With(line.Verbosity);
        if (line.Mistakes.Count > 0)
        {
            return ExplainWrongUse(line, terminal);
        }

        try
        {
            return await line.Parsed.InvokeAsync(new TerminalInvocation(terminal, interruption, catalog), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || interruption is { IsToldToStop: true })
        {
            if (interruption is { IsToldToStop: true } && (interruption.TakesTime || ClusterTask.IsOne(Environment.GetEnvironmentVariable)))
            {
                terminal.Fail("evoke: stopped on request; run it again to continue");
                return ExitCode.RunAgain;
            }

            terminal.Fail("evoke: interrupted");
            return ExitCode.Interrupted;
        }
        catch (StandardOutputException error)
        {
            terminal.Fail($"evoke: {error.Message}");
            return ExitCode.SomeFailed;
        }
        catch (Exception error) when (error is EvokeException or IOException or UnauthorizedAccessException)
        {
            terminal.Fail($"evoke: {error.Message}");
            return ExitCode.WrongUse;
        }
#pragma warning disable CA1031 // The outermost frame: any other exception is a bug in Evoke, and users see all of it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            terminal.Fail($"evoke: internal error; please report it.{Environment.NewLine}{fault}");
            return ExitCode.Fault;
        }
    }

    private static int ExplainWrongUse(ParsedLine line, Terminal terminal)
    {
        foreach (string mistake in line.Mistakes)
        {
            terminal.Fail($"evoke: {mistake}");
        }

        terminal.Fail($"See '{string.Join(' ', CommandNames(line.Parsed.CommandResult))} --help'.");
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
