using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Evoke.Heads.Networks;

/// <summary>One kind of head that model files and recipes can name. Immutable and thread-safe.</summary>
/// <param name="Kind">Its name, for example "gru": <see cref="HeadConfig.Kind"/> of its configs.</param>
/// <param name="Summary">One line: what it is.</param>
/// <param name="ConfigType">The record that describes such a head: model files store its properties.</param>
public sealed record HeadEntry(string Kind, string Summary, Type ConfigType)
{
    /// <summary>The entry of a config type.</summary>
    /// <typeparam name="TConfig">A record with a public constructor without parameters.</typeparam>
    /// <param name="summary">One line: what the head is.</param>
    /// <exception cref="ArgumentException">The type has no such constructor, or the name of its kind is not valid.</exception>
    public static HeadEntry Of<TConfig>(string summary)
        where TConfig : HeadConfig
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(summary);
        return new HeadEntry(RegisteredName.Checked(Blank(typeof(TConfig)).Kind), summary, typeof(TConfig));
    }

    /// <summary>A config with the defaults of its type and without inputs or curves: a start to set these on.</summary>
    public HeadConfig CreateConfig() => Blank(ConfigType);

    private static HeadConfig Blank(Type type) =>
        type is { IsAbstract: false } && type.GetConstructor(BindingFlags.Public | BindingFlags.Instance, []) is { } constructor
            ? (HeadConfig)constructor.Invoke(null)
            : throw new ArgumentException($"{type.Name} cannot be registered: expected a record with a public constructor without parameters.", nameof(type));
}

/// <summary>The kinds of heads that model files may name: those of Evoke, and those that a program adds.</summary>
/// <remarks>Immutable and thread-safe: <see cref="With(HeadEntry)"/> gives a new catalog. Pass it wherever models are loaded:
/// <c>HeadModelOptions.Heads</c>.</remarks>
public sealed class HeadCatalog
{
    private readonly Dictionary<string, HeadEntry> _byKind;

    private HeadCatalog(IReadOnlyList<HeadEntry> entries)
    {
        Entries = entries;
        _byKind = entries.ToDictionary(entry => entry.Kind, StringComparer.Ordinal);
    }

    /// <summary>The heads that come with Evoke.</summary>
    public static HeadCatalog Default { get; } = new HeadCatalog([])
        .With<GruHeadConfig>("The paper's bidirectional GRUs with context gates.")
        .With<EmoBaseHeadConfig>("The authors' variant that predicts each video's mean and spread separately.")
        .With<TcnHeadConfig>("SML's temporal convolutional network.")
        .With<RidgeHeadConfig>("Ridge regression from each step's features, solved at once.")
        .With<KernelRidgeHeadConfig>("Kernel ridge regression with a Gaussian kernel, solved at once: for few videos.");

    /// <summary>All entries, in the order in which they were added.</summary>
    public IReadOnlyList<HeadEntry> Entries { get; }

    /// <summary>A catalog that has one more head.</summary>
    /// <typeparam name="TConfig">The record that describes such a head, with a public constructor without parameters.</typeparam>
    /// <param name="summary">One line: what the head is.</param>
    /// <exception cref="ArgumentException">There is already a head of this kind, or the record cannot be registered.</exception>
    public HeadCatalog With<TConfig>(string summary)
        where TConfig : HeadConfig => With(HeadEntry.Of<TConfig>(summary));

    /// <summary>A catalog that has one more head.</summary>
    /// <exception cref="ArgumentException">There is already a head of this kind.</exception>
    public HeadCatalog With(HeadEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _byKind.ContainsKey(entry.Kind)
            ? throw new ArgumentException($"There is already a head '{entry.Kind}'.", nameof(entry))
            : new HeadCatalog([.. Entries, entry]);
    }

    /// <summary>True if a model file may name this kind.</summary>
    public bool Contains(string kind) => _byKind.ContainsKey(kind);

    /// <summary>Finds an entry by its kind.</summary>
    public bool TryFind(string kind, [NotNullWhen(true)] out HeadEntry? entry) => _byKind.TryGetValue(kind, out entry);
}
