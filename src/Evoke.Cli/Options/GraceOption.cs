using System.CommandLine;
using Evoke.Cli.Verbs;
using Evoke.Encoders.Extraction;

namespace Evoke.Cli.Options;

/// <summary><c>--grace</c>: how a verb takes being told to stop by an engine that wants its machine back.</summary>
internal sealed class GraceOption
{
    // Kubernetes waits 30 s before it kills, as Slurm does after a job's time is up.
    private const double UsualSeconds = 25;

    private readonly Option<double> _grace;

    /// <summary>Creates the option.</summary>
    /// <param name="what">What is finished within the grace: the beginning of the option's description.</param>
    public GraceOption(string what) =>
        _grace = NumberOptions.Number(
            "--grace", $"{what} if that takes no longer than this; exit code 75 then asks for another run.", "SECONDS", UsualSeconds, 0, 1e6);

    /// <summary>Declares the option on a verb.</summary>
    public void AddTo(Command verb) => verb.Add(_grace);

    /// <summary>
    /// How a run is told to stop without haste; null if it is to end at once: for a run that no engine has started, and for which no grace was given.
    /// </summary>
    public StopRequest? Request(VerbContext context, bool isAnEngines) => isAnEngines || context.IsGiven(_grace)
        ? new StopRequest(TimeSpan.FromSeconds(context.GetRequired(_grace)), context.TakeTime())
        : null;
}
