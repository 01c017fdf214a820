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
