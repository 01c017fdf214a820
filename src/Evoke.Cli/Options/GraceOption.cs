using System.CommandLine;
using Evoke.Cli.Verbs;
using Evoke.Encoders.Extraction;

namespace Evoke.Cli.Options;

/// <summary><c>--grace</c>: how a verb reacts to a stop request of a scheduler that needs the machine.</summary>
internal sealed class GraceOption
{
    // Kubernetes waits 30 s before it kills a process, as Slurm does when a job's time is up.
    private const double UsualSeconds = 25;

    private readonly Option<double> _grace;

    /// <summary>Creates the option.</summary>
    /// <param name="what">What is finished within the grace period: the beginning of the option's description.</param>
    public GraceOption(string what) =>
        _grace = NumberOptions.Number(
            "--grace", $"{what} if that takes no longer than this; exit code 75 then means that it has to be run again.", "SECONDS", UsualSeconds, 0, 1e6);

    /// <summary>Declares the option on a verb.</summary>
    public void AddTo(Command verb) => verb.Add(_grace);

    /// <summary>
    /// The request to stop gracefully; null if the run ends at once: no scheduler started it and no grace period was given.
    /// </summary>
    public StopRequest? Request(VerbContext context, bool isAnEngines) => isAnEngines || context.IsGiven(_grace)
        ? new StopRequest(TimeSpan.FromSeconds(context.GetRequired(_grace)), context.TakeTime())
        : null;
}
