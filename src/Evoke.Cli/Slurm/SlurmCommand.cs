using System.CommandLine;
using Evoke.Cli.Verbs;

namespace Evoke.Cli.Slurm;

/// <summary><c>evoke slurm</c>: gathers the verbs about work on a Slurm cluster.</summary>
internal sealed class SlurmCommand : Command
{
    public SlurmCommand()
        : base("slurm", "Takes a whole data set through a Slurm cluster: features, several seeds, their ensemble and its score.")
    {
        Add(new SlurmSubmitVerb());
        Add(new SlurmStatusVerb());
        Add(new SlurmResumeVerb());
    }

    /// <summary>The argument that all of them take.</summary>
    public static PathArgument<string> Plan() => new("PLAN.yaml", PathRole.InputFile)
    {
        Description = "What to do, and what to ask Slurm for; docs/cluster.md has every key.",
    };
}
