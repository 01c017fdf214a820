using System.Collections.Immutable;
using Evoke.Heads.Affect;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Reactions;

namespace Evoke.Heads.Models;

/// <summary>A summary of a model from its file, shown beside each of its results. Immutable.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ModelCard
{
    /// <summary>The name used in requests.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a sentence or two.</summary>
    public required string Description { get; init; }

    /// <summary>What it was trained on and scored on; empty if unknown, or if it needs no training.</summary>
    public string TrainedOn { get; init; } = string.Empty;

    /// <summary>Its emotions, in column order.</summary>
    public required ImmutableArray<string> Scheme { get; init; }

    /// <summary>Its scores by name of the measure; empty if it was never scored.</summary>
    public required ImmutableSortedDictionary<string, double> Scores { get; init; }

    /// <summary>How many networks it averages: 1 unless it is an ensemble.</summary>
    public required int Members { get; init; }

    /// <summary>For an ensemble the range of the Pearson correlations that its members scored, each alone; null if it is not an ensemble, or if they were never
    /// scored.</summary>
    public ScoreRange? MemberPearson { get; init; }

    private const string Epoch = "epoch"; // when the file was written: not a score
    private const string Pearson = "pearson";

    /// <summary>The card of the model that needs no training.</summary>
    public static ModelCard Affect { get; } = new()
    {
        Name = AffectModel.ModelName,
        Description = ModelNotice.After(AffectModel.Description),
        Scheme = AffectModel.Curves.Names,
        Scores = ImmutableSortedDictionary<string, double>.Empty,
        Members = 1,
    };

    /// <summary>The card of a model file.</summary>
    /// <param name="name">Its name here.</param>
    /// <param name="file">The file; only its header is read.</param>
    public static ModelCard Of(string name, ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        bool one = file.Members.Count == 1;
        return new ModelCard
        {
            Name = name,
            Description = ModelNotice.After(ModelSummary.Of(file.Members)),
            TrainedOn = string.Join("; ", file.Members.Select(member => member.TrainedOn).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)),
            Scheme = file.Members[0].Emotions,
            // An ensemble is not its first member: what the members scored alone is a range.
            Scores = one ? file.Members[0].Scores.Remove(Epoch) : ImmutableSortedDictionary<string, double>.Empty,
            Members = file.Members.Count,
            MemberPearson = one ? null : PearsonOfMembers(file),
        };
    }

    private static ScoreRange? PearsonOfMembers(ModelFile file)
    {
        double[] pearson = [.. file.Members.Where(member => member.Scores.ContainsKey(Pearson)).Select(member => member.Scores[Pearson])];
        return pearson.Length == 0 ? null : new ScoreRange(pearson.Min(), pearson.Max());
    }
}
