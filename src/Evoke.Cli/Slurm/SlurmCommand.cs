using System.CommandLine;
using Evoke.Cli.Verbs;

namespace Evoke.Cli.Slurm;

/// <summary><c>evoke slurm</c>: groups the verbs for Slurm clusters.</summary>
internal sealed class SlurmCommand : Command
{
    public SlurmCommand()
        : base("slurm", "Processes a whole data set on a Slurm cluster: extracts features, trains several seeds, builds their ensemble and scores it.")
    {
        Add(new SlurmSubmitVerb());
        Add(new SlurmStatusVerb());
        Add(new SlurmResumeVerb());
    }

    /// <summary>The argument that all of them take.</summary>
    public static PathArgument<string> Plan() => new("PLAN.yaml", PathRole.InputFile)
    {
        Description = "A YAML file with the stages and their Slurm resources; docs/cluster.md lists every key.",
    };
}
