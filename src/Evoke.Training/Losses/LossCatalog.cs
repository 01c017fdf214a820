using System.Diagnostics.CodeAnalysis;
using Evoke.Heads.Networks;

namespace Evoke.Training.Losses;

/// <summary>One loss that recipes can name. Immutable and thread-safe.</summary>
/// <param name="Kind">Its name, for example "ccc".</param>
/// <param name="Summary">One line: what it is.</param>
/// <param name="LossType">Its type.</param>
/// <param name="Create">Creates it with the defaults of its type.</param>
public sealed record LossEntry(string Kind, string Summary, Type LossType, Func<CurveLoss> Create)
{
    /// <summary>The entry of a loss.</summary>
    /// <typeparam name="TLoss">The loss.</typeparam>
    /// <param name="kind">Its name: lower-case letters, digits and underscores, a letter first.</param>
    /// <param name="summary">One line: what it is.</param>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    public static LossEntry Of<TLoss>(string kind, string summary)
        where TLoss : CurveLoss, new()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(summary);
        return new LossEntry(RegisteredName.Checked(kind), summary, typeof(TLoss), () => new TLoss());
    }
}

/// <summary>The losses that recipes may name: those of Evoke, and those that a program adds.</summary>
/// <remarks>Immutable and thread-safe: <see cref="With(LossEntry)"/> gives a new catalog.</remarks>
public sealed class LossCatalog
{
    private readonly Dictionary<string, LossEntry> _byKind;

    private LossCatalog(IReadOnlyList<LossEntry> entries)
    {
        Entries = entries;
        _byKind = entries.ToDictionary(entry => entry.Kind, StringComparer.Ordinal);
    }

    /// <summary>The losses that come with Evoke.</summary>
    public static LossCatalog Default { get; } = new LossCatalog([])
        .With<L1Loss>("l1", "Mean absolute error: the paper's loss.")
        .With<KlLoss>("kl", "Kullback-Leibler divergence per element: best in the paper's Table 3.")
        .With<CccLoss>("ccc", "1 - concordance correlation over time (the paper's equation 1).")
        .With<MseLoss>("mse", "Mean squared error: the loss of SML, the challenge's winner.")
        .With<PearsonLoss>("pearson", "1 - Pearson correlation over time: the challenge's metric itself.");

    /// <summary>All entries, in the order in which they were added.</summary>
    public IReadOnlyList<LossEntry> Entries { get; }

    /// <summary>A catalog that has one more loss.</summary>
    /// <typeparam name="TLoss">The loss.</typeparam>
    /// <param name="kind">Its name: lower-case letters, digits and underscores, a letter first.</param>
    /// <param name="summary">One line: what it is.</param>
    /// <exception cref="ArgumentException">There is already a loss of this name, or the name is not valid.</exception>
    public LossCatalog With<TLoss>(string kind, string summary)
        where TLoss : CurveLoss, new() => With(LossEntry.Of<TLoss>(kind, summary));

    /// <summary>A catalog that has one more loss.</summary>
    /// <exception cref="ArgumentException">There is already a loss of this name.</exception>
    public LossCatalog With(LossEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _byKind.ContainsKey(entry.Kind)
            ? throw new ArgumentException($"There is already a loss '{entry.Kind}'.", nameof(entry))
            : new LossCatalog([.. Entries, entry]);
    }

    /// <summary>Finds an entry by its name.</summary>
    public bool TryFind(string kind, [NotNullWhen(true)] out LossEntry? entry) => _byKind.TryGetValue(kind, out entry);

    /// <summary>The loss of a name, with the defaults of its type.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public CurveLoss Create(string kind) => TryFind(kind, out LossEntry? entry)
        ? entry.Create()
        : throw new ArgumentException($"There is no loss '{kind}'; known losses: {string.Join(", ", Entries.Select(known => known.Kind))}.", nameof(kind));
}
