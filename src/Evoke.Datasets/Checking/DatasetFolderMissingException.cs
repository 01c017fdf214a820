using Evoke.Files;

namespace Evoke.Datasets.Checking;

/// <summary>There is no folder of videos where one was named.</summary>
public sealed class DatasetFolderMissingException(string folder) : EvokeException($"There is no folder '{folder}'; expected a folder of videos.");
