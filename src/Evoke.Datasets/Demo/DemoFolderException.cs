using Evoke.Files;

namespace Evoke.Datasets.Demo;

/// <summary>A folder already holds a demo dataset with other films than the requested ones.</summary>
public sealed class DemoFolderException(string folder, DemoDatasetOptions expected)
    : EvokeException(FormattableString.Invariant(
        $"'{folder}' holds a demo dataset other than the requested one ({expected?.Videos} videos of {expected?.Seconds} s, seed {expected?.Seed}): ")
        + "see its demo.json. Choose another folder, or remove this one.");
