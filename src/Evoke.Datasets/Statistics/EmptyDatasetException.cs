using Evoke.Files;

namespace Evoke.Datasets.Statistics;

/// <summary>A label file has a header but no rows.</summary>
public sealed class EmptyDatasetException(string path) : EvokeException($"'{path}' has no rows; expected at least one video.");
