using System.CommandLine;

namespace Evoke.Cli.Features;

/// <summary><c>evoke features</c>: brings features of other programs in and out, and joins features.</summary>
internal sealed class FeaturesCommand : Command
{
    public FeaturesCommand()
        : base("features", "Imports features that other programs made, exports feature files as HDF5, joins features of several encoders.")
    {
        Add(new ImportVerb());
        Add(new ExportVerb());
        Add(new JoinVerb());
    }
}
