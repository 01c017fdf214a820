using System.CommandLine;

namespace Evoke.Cli.Features;

/// <summary><c>evoke features</c>: converts between feature files and HDF5 files.</summary>
internal sealed class FeaturesCommand : Command
{
    public FeaturesCommand()
        : base("features", "Converts between feature files and HDF5 files, the format of the paper's authors.")
    {
        Add(new ImportVerb());
        Add(new ExportVerb());
    }
}
