namespace Evoke.Cli.Tests;

/// <summary>Tests that train, and so seed libtorch's one generator of random numbers: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchRandomTests
{
    public const string Name = "libtorch's random numbers";
}
