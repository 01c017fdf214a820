using Evoke.Files;

namespace Evoke.Encoders.Weights;

/// <summary>Weights were asked for by a name that the registry does not have.</summary>
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
