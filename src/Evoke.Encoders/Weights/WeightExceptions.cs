using Evoke.Curves;

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

/// <summary>A file of weights could not be fetched: the server refuses it, or the connection keeps breaking.</summary>
public sealed class WeightDownloadException(Uri address, string problem, Exception? innerException = null)
    : EvokeException($"{address}: {problem}", innerException)
{
    /// <summary>What was fetched.</summary>
    public Uri Address { get; } = address;
}

/// <summary>A file of weights has another length than the published one. Nothing was installed.</summary>
public sealed class WeightLengthMismatchException(string source, long expected, long found)
    : EvokeException($"{source}: expected {expected} bytes, found {found}. Nothing was installed.")
{
    /// <summary>Bytes of the published file.</summary>
    public long Expected { get; } = expected;

    /// <summary>Bytes of this one.</summary>
    public long Found { get; } = found;
}

/// <summary>A file of weights has another hash than the published one: it is damaged, or not that file. Nothing was installed.</summary>
public sealed class WeightHashMismatchException(string source, string expected, string found)
    : EvokeException($"{source}: expected a SHA-256 that starts with {expected}, found {found}. Nothing was installed.")
{
    /// <summary>The published hash, or its first digits.</summary>
    public string Expected { get; } = expected;

    /// <summary>The file's hash.</summary>
    public string Found { get; } = found;
}

/// <summary>The disk has no room for the weights.</summary>
public sealed class InsufficientDiskSpaceException(string folder, long needed, long available)
    : EvokeException($"{folder}: {needed / 1_000_000} MB are needed, {available / 1_000_000} MB are free.");

/// <summary>The folder of the weights cannot be made or written to.</summary>
public sealed class WeightStoreUnwritableException(string folder, Exception innerException)
    : EvokeException($"{folder}: the folder of the weights cannot be made: {innerException.Message} The environment variable {EvokeHome.Variable} names another place.", innerException);
