using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves;
using Evoke.Encoders;
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
        return new ModelCard
        {
            Name = name,
            Description = $"{(one ? "A network" : $"The mean of {file.Members.Count} networks")} that gives {first.Emotions.Length} emotions from {Encoders(first)}.{(one ? string.Empty : AloneScored(file))}",
            TrainedOn = string.Join("; ", file.Members.Select(member => member.TrainedOn).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)),
            Scheme = first.Emotions,
            // An ensemble is not its first member: what the members scored alone is said in words.
            Scores = one ? first.Scores.Remove(Epoch) : ImmutableSortedDictionary<string, double>.Empty,
            Members = file.Members.Count,
        };
    }

    private static string Encoders(ModelDescription model) =>
        string.Join(" and ", new[] { model.VisualEncoder, model.AudioEncoder }.OfType<EncoderIdentity>().Select(encoder => encoder.Name));

    private static string AloneScored(ModelFile file)
    {
        double[] pearson = [.. file.Members.Where(member => member.Scores.ContainsKey("pearson")).Select(member => member.Scores["pearson"])];
        return pearson.Length == 0
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $" Alone, its members scored a Pearson correlation of {pearson.Min():0.000} to {pearson.Max():0.000}.");
    }
}
