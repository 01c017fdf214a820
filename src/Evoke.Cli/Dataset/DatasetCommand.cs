using System.CommandLine;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset</c>: groups the verbs for data sets.</summary>
internal sealed class DatasetCommand : Command
{
    public DatasetCommand()
        : base("dataset", "Imports, generates, downloads and checks data sets: videos with labels in EEV's format.")
    {
        Add(new DatasetImportVerb());
        Add(new DatasetEmoFilmVerb());
        Add(new DatasetHeatmapVerb());
        Add(new DatasetFetchVerb());
        Add(new DatasetCheckVerb());
        Add(new DatasetStatsVerb());
        Add(new DatasetSplitVerb());
        Add(new DatasetLagVerb());
        Add(new DatasetManifestVerb());
        Add(new DatasetDemoVerb());
    }
}
