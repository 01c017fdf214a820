using System.CommandLine;

namespace Evoke.Cli.Features;

/// <summary><c>evoke features</c>: moves features between the store and HDF5 files.</summary>
internal sealed class FeaturesCommand : Command
{
    public FeaturesCommand()
        : base("features", "Converts features from and to HDF5 files, as the authors of the paper keep them.")
    {
        Add(new ImportVerb());
        Add(new ExportVerb());
    }
}
