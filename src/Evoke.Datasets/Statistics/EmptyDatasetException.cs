using Evoke.Curves;

namespace Evoke.Training.Data;

/// <summary>A label file has a header and nothing else.</summary>
public sealed class EmptyDatasetException(string path) : EvokeException($"'{path}' has no rows; at least one video is expected.");
