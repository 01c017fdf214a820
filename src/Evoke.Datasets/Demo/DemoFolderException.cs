using Evoke.Files;

namespace Evoke.Datasets.Demo;

/// <summary>A folder has a demo dataset already, of other films than those that were asked for.</summary>
public sealed class DemoFolderException(string folder, DemoDatasetOptions expected)
    : EvokeException(FormattableString.Invariant(
        $"'{folder}' has another demo dataset than the one asked for ({expected?.Videos} videos of {expected?.Seconds} s, seed {expected?.Seed}): see its demo.json. Name another folder, or remove it."));
