using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Cluster.Slurm;

namespace Evoke.Cli.Slurm;

/// <summary><c>evoke slurm submit</c>.</summary>
internal sealed class SlurmSubmitVerb : Verb
{
    private readonly PathArgument<string> _plan = SlurmCommand.Plan();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Write the sbatch files and print the commands without submitting anything." };
    private readonly Option<bool> _json = SharedOptions.Json();

    public SlurmSubmitVerb()
        : base("submit", "Writes readable sbatch files next to the output and submits them.", "evoke slurm submit plan.yaml --dry-run")
    {
        Add(_plan);
        Add(_dryRun);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        SlurmPlan plan = SlurmPlanReader.Read(context.GetRequired(_plan), context.Catalog);
        SlurmClient queue = new();
        SlurmSubmission submission = context.Get(_dryRun)
            ? SlurmSubmission.Whole(plan)
            : SlurmSubmission.Whole(plan, await queue.TasksAsync(plan, context.CancellationToken).ConfigureAwait(false));
        await SubmissionPrinter.SubmitAsync(context, plan, submission, queue, context.Get(_dryRun), context.Get(_json)).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
