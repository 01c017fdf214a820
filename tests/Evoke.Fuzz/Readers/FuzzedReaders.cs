using System.Collections.Immutable;

namespace Evoke.Fuzz.Readers;

/// <summary>All readers that are tested with damaged input.</summary>
internal static class FuzzedReaders
{
    public static ImmutableArray<FuzzedReader> All { get; } =
    [
        .. TensorReaders.All, .. FeatureReaders.All, .. TableReaders.All, .. RatingReaders.All, .. YamlReaders.All, .. JsonReaders.All, .. MediaReaders.All,
        .. StudioReaders.All,
    ];

    public static FuzzedReader? Find(string name) => All.FirstOrDefault(reader => reader.Name == name);
}
