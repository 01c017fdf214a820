using System.CommandLine;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset</c>: gathers the verbs about data sets.</summary>
internal sealed class DatasetCommand : Command
{
    public DatasetCommand()
        : base("dataset", "Makes, fetches and checks data sets: videos with labels of the EEV form.")
    {
        Add(new DatasetFetchVerb());
        Add(new DatasetCheckVerb());
        Add(new DatasetStatsVerb());
        Add(new DatasetManifestVerb());
        Add(new DatasetDemoVerb());
    }
}
