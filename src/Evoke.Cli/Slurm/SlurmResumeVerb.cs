using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Cluster.Slurm;

namespace Evoke.Cli.Slurm;

/// <summary><c>evoke slurm resume</c>.</summary>
internal sealed class SlurmResumeVerb : Verb
{
    private readonly PathArgument<string> _plan = SlurmCommand.Plan();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Print the commands without submitting anything." };
    private readonly Option<bool> _json = SharedOptions.Json();

    public SlurmResumeVerb()
        : base("resume", "Submits the jobs of a plan that are neither done nor in the queue.", "evoke slurm resume plan.yaml")
    {
        Add(_plan);
        Add(_dryRun);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        SlurmPlan plan = SlurmPlanReader.Read(context.GetRequired(_plan), context.Catalog);
        SlurmClient queue = new();
        SlurmSubmission submission = SlurmSubmission.Missing(await SlurmStatus.ReadAsync(plan, queue, context.CancellationToken).ConfigureAwait(false));
        await SubmissionPrinter.SubmitAsync(context, plan, submission, queue, context.Get(_dryRun), context.Get(_json)).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
