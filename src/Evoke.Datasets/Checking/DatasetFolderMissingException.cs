using Evoke.Files;

namespace Evoke.Datasets.Checking;

/// <summary>The folder of videos does not exist.</summary>
public sealed class DatasetFolderMissingException(string folder) : EvokeException($"There is no folder '{folder}'; expected a folder of videos.");
