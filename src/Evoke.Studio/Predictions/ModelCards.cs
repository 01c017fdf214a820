using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves;
using Evoke.Features;
using Evoke.Heads.Affect;
using Evoke.Heads.ModelFiles;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>Says what models are, from what their files say about themselves.</summary>
internal static class ModelCards
{
    private const string Epoch = "epoch"; // when the file was written, not how good it is

    /// <summary>The card of the model that needs no training.</summary>
    public static ModelCard Affect { get; } = new()
    {
        Name = AffectModel.ModelName,
        Description = AffectModel.Description,
        Scheme = EmotionScheme.Affect.Names,
        Scores = ImmutableSortedDictionary<string, double>.Empty,
        Members = 1,
    };

    /// <summary>The card of a model file.</summary>
    public static ModelCard Of(string name, ModelFile file)
    {
        ModelDescription first = file.Members[0];
        bool one = file.Members.Count == 1;
        ScoreRange? alone = one ? null : PearsonOfMembers(file);
        return new ModelCard
        {
            Name = name,
            Description = $"{(one ? "A network" : $"The mean of {file.Members.Count} networks")} that gives {first.Emotions.Length} emotions from {Encoders(first)}.{AloneScored(alone)}",
            TrainedOn = string.Join("; ", file.Members.Select(member => member.TrainedOn).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)),
            Scheme = first.Emotions,
            // An ensemble is not its first member: what the members scored alone is said in words.
            Scores = one ? first.Scores.Remove(Epoch) : ImmutableSortedDictionary<string, double>.Empty,
            Members = file.Members.Count,
            MemberPearson = alone,
        };
    }

    private static string Encoders(ModelDescription model) =>
        string.Join(" and ", new[] { model.VisualEncoder, model.AudioEncoder }.OfType<EncoderIdentity>().Select(encoder => encoder.Name));

    private static ScoreRange? PearsonOfMembers(ModelFile file)
    {
        double[] pearson = [.. file.Members.Where(member => member.Scores.ContainsKey("pearson")).Select(member => member.Scores["pearson"])];
        return pearson.Length == 0 ? null : new ScoreRange(pearson.Min(), pearson.Max());
    }

    private static string AloneScored(ScoreRange? alone) => alone is null
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $" Alone, its members scored a Pearson correlation of {alone.Least:0.000} to {alone.Greatest:0.000}.");
}
