using Evoke.Files;

namespace Evoke.Encoders.Weights;

/// <summary>Weights were asked for by a name that the registry does not have.</summary>
public sealed class UnknownWeightsException(string name, IEnumerable<string> known)
    : EvokeException($"There are no weights named '{name}'; there are: {string.Join(", ", known)}.");

/// <summary>An encoder's weights are not on this machine yet.</summary>
public sealed class WeightsNotInstalledException(string name, string problem) : EvokeException(problem)
{
    /// <summary>The encoder's name.</summary>
    public string Name { get; } = name;
}

/// <summary>The folder of the weights cannot be made or written to.</summary>
public sealed class WeightStoreUnwritableException(string folder, Exception innerException)
    : EvokeException($"{folder}: the folder of the weights cannot be made: {innerException.Message} The environment variable {EvokeHome.Variable} names another place.", innerException);
