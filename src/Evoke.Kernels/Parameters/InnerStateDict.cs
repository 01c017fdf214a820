namespace Evoke.Kernels.Parameters;

/// <summary>The parameters of one network among those of a larger program: "model.backbone.norm.weight" is then "norm.weight".</summary>
/// <remarks>
/// Training programs put names in front: DataParallel "module.", Lightning the field of the module ("model.backbone."). <c>torch.compile</c> and the wrappers
/// for sharding and recomputation insert a part of their own ("_orig_mod.") wherever they were applied. Names of other parts, such as the loss, are left out.
/// Thread-safe if the outer dictionary is.
/// </remarks>
public sealed class InnerStateDict : IStateDict
{
    private static readonly string[] Wrappers = ["_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module"];

    private readonly IStateDict _outer;
    private readonly Dictionary<string, string> _outerNames; // by inner name, in the order of the file

    private InnerStateDict(IStateDict outer, Dictionary<string, string> outerNames)
    {
        _outer = outer;
        _outerNames = outerNames;
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => _outerNames.Keys;

    /// <summary>Finds a network's parameters, whatever stands in front of their names.</summary>
    /// <param name="weights">All parameters of a file.</param>
    /// <param name="anchor">The name of a parameter that the network has and that no other name of it ends in: "patch_embed.proj.weight".</param>
    /// <param name="network">Name of the network, for errors.</param>
    /// <param name="sourceName">Name of the weight file, for errors.</param>
    /// <returns><paramref name="weights"/> itself if its names are the network's, or if it does not have the network.</returns>
    /// <exception cref="RepeatedWeightsException">The file has the network more than once.</exception>
    public static IStateDict Find(IStateDict weights, string anchor, string network, string sourceName)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentException.ThrowIfNullOrEmpty(anchor);
        Dictionary<string, string> names = WithoutWrappers(weights);
        string[] prefixes =
        [
            .. names.Select(name => name.Key)
                .Where(name => name == anchor || name.EndsWith("." + anchor, StringComparison.Ordinal))
                .Select(name => name[..^anchor.Length]),
        ];
        string prefix = prefixes switch
        {
            [var only] => only,
            [] => "",
            _ when prefixes.Contains("") => "", // The network itself, with further names that it will refuse.
            _ => throw new RepeatedWeightsException(network, sourceName, prefixes),
        };
        return prefix.Length == 0 && names.All(name => name.Key == name.Value)
            ? weights
            : new InnerStateDict(
                weights,
                names.Where(name => name.Key.StartsWith(prefix, StringComparison.Ordinal))
                    .ToDictionary(name => name.Key[prefix.Length..], name => name.Value, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public bool Contains(string name) => _outerNames.ContainsKey(name);

    /// <inheritdoc/>
    public IReadOnlyList<long> ShapeOf(string name) => _outer.ShapeOf(_outerNames[name]);

    /// <inheritdoc/>
    public void Read(string name, Span<float> destination) => _outer.Read(_outerNames[name], destination);

    // Pairs of a name without the wrappers' parts and the name in the file. Where two names would become one, all stay as they are.
    private static Dictionary<string, string> WithoutWrappers(IStateDict weights)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (string name in weights.Names)
        {
            string bare = Array.Exists(Wrappers, wrapper => name.Contains(wrapper, StringComparison.Ordinal))
                ? string.Join('.', name.Split('.').Where(part => !Wrappers.Contains(part)))
                : name;
            if (!names.TryAdd(bare, name))
            {
                return weights.Names.ToDictionary(same => same, StringComparer.Ordinal);
            }
        }

        return names;
    }
}
