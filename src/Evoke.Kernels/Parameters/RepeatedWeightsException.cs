using Evoke.Files;

namespace Evoke.Kernels.Parameters;

/// <summary>A weight file has the weights of a network more than once, for example a student's and a teacher's.</summary>
/// <param name="network">The network, for example "swin-l".</param>
/// <param name="source">The weight file.</param>
/// <param name="prefixes">What stands in front of the names of each.</param>
public sealed class RepeatedWeightsException(string network, string source, IEnumerable<string> prefixes)
    : EvokeException(
        $"{source} holds the weights of {network} more than once: under {string.Join(", ", prefixes.Select(prefix => $"'{prefix}'"))}. "
        + "Save a file with one of them.")
{
    /// <inheritdoc/>
    public override bool EndsRun => true;
}
