using Evoke.Files;

namespace Evoke.Datasets.Fetching;

/// <summary>Another fetch writes to the same folder.</summary>
public sealed class FetchUnderWayException(string folder)
    : EvokeException($"{folder}: another fetch into this folder is under way; wait until it has ended, or use another folder.")
{
    /// <inheritdoc/>
    public override bool EndsRun => true;
}
