using Evoke.Cli.Verbs;
using Evoke.Cluster.Slurm;

namespace Evoke.Cli.Slurm;

/// <summary>Submits jobs, or prints what would be submitted.</summary>
internal static class SubmissionPrinter
{
    public static async Task SubmitAsync(VerbContext context, SlurmPlan plan, SlurmSubmission submission, SlurmClient queue, bool dryRun, bool json)
    {
        IReadOnlyList<WrittenScript> scripts = SlurmScripts.Write(plan);
        foreach (WrittenScript script in scripts)
        {
            context.Log(script.IsEdited ? $"kept, because it was edited: {script.Path}" : $"written: {script.Path}");
        }

        IReadOnlyList<string> commands = submission.Commands();
        IReadOnlyList<SubmittedJob> jobs = dryRun ? [] : await submission.RunAsync(queue, context.CancellationToken).ConfigureAwait(false);
        if (json)
        {
            context.Terminal.WriteJson(new
            {
                Folder = plan.Scripts,
                Scripts = scripts.Select(script => new { script.Path, Edited = script.IsEdited }),
                Commands = commands,
                Jobs = jobs.Select(job => new { Stage = job.Stage.ToString().ToLowerInvariant(), job.Job }),
            });
            return;
        }

        TextWriter output = context.Terminal.Out;
        if (commands.Count == 0)
        {
            output.WriteLine("nothing is missing: everything is done or in the queue");
        }
        else if (dryRun)
        {
            output.WriteLine($"cd {plan.Scripts}");
            foreach (string command in commands)
            {
                output.WriteLine(command);
            }
        }

        foreach (SubmittedJob job in jobs)
        {
            output.WriteLine($"submitted: {job.Stage.ToString().ToLowerInvariant()} as job {job.Job}");
        }
    }
}
