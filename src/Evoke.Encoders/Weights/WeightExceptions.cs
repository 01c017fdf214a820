using Evoke.Files;

namespace Evoke.Encoders.Weights;

/// <summary>The registry has no weights of the requested name.</summary>
public sealed class UnknownWeightsException(string name, IEnumerable<string> known)
    : EvokeException($"There are no weights named '{name}'; available: {string.Join(", ", known)}.")
{
    /// <inheritdoc/>
    public override bool EndsRun => true;
}

/// <summary>An encoder's weights are not on this machine yet.</summary>
public sealed class WeightsNotInstalledException(string name, string problem) : EvokeException(problem)
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    /// <summary>The encoder's name.</summary>
    public string Name { get; } = name;
}

/// <summary>A file is not the package of NuGet or npm that a network is taken from, or it is damaged.</summary>
/// <param name="source">The file's path or address.</param>
/// <param name="problem">What was expected and what was found.</param>
public sealed class WeightPackageException(string source, string problem) : EvokeException($"{source}: {problem}")
{
    /// <inheritdoc/>
    public override bool EndsRun => true;
}
