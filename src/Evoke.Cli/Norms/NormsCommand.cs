using System.CommandLine;

namespace Evoke.Cli.Norms;

/// <summary><c>evoke norms</c>: groups the verbs for norms.</summary>
internal sealed class NormsCommand : Command
{
    public NormsCommand()
        : base("norms", "Makes norms of predictions, so that a new video gets percentiles among videos of your own.")
    {
        Add(new NormsMakeVerb());
        Add(new NormsShowVerb());
    }
}
