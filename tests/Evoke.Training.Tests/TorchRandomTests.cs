namespace Evoke.Training.Tests;

/// <summary>Tests that seed libtorch's one generator of random numbers: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchRandomTests
{
    public const string Name = "libtorch's random numbers";
}
