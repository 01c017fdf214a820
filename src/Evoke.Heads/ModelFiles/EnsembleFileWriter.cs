using System.Text.Json;
using Evoke.Features;
using Evoke.Heads.Networks;
using Evoke.Tensors.SafeTensors;

namespace Evoke.Heads.ModelFiles;

/// <summary>Joins models into one file.</summary>
internal static class EnsembleFileWriter
{
    public static void Write(string path, IReadOnlyList<ModelFile> models, float[]? emotionWeights)
    {
        ThrowIfApart(path, models);
        (ModelFile Model, int Member)[] members = [.. models.SelectMany(model => Enumerable.Range(0, model.Members.Count).Select(member => (model, member)))];
        ModelDescription first = models[0].Members[0];
        IEnumerable<TensorSource> tensors = members.SelectMany((entry, index) => entry.Model.TensorsOf(entry.Member, ModelFileLayout.MemberPrefix(index)));
        if (emotionWeights is not null)
        {
            if (EnsembleShares.FindMistake(emotionWeights, members.Length, first.Emotions.Length) is { } mistake)
            {
                throw new ArgumentException(mistake, nameof(emotionWeights));
            }

            tensors = tensors.Append(TensorSource.FromFloats(ModelFileLayout.EmotionWeightsName, [members.Length, first.Emotions.Length], emotionWeights));
        }

        ModelDescription[] descriptions = [.. members.Select(entry => entry.Model.Members[entry.Member])];
        string json = JsonSerializer.Serialize(descriptions, ModelFileLayout.Json(HeadCatalog.Default));
        SafeTensorsWriter.Write(path, ModelFileWriter.Metadata(ModelFileLayout.EnsembleFormat, json), tensors);
    }

    /// <summary>Rejects models that cannot predict together.</summary>
    public static void ThrowIfApart(string path, IReadOnlyList<ModelFile> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (models.Count == 0)
        {
            throw new ArgumentException("An ensemble needs at least one model.", nameof(models));
        }

        foreach (ModelFile model in models)
        {
            foreach (ModelDescription member in model.Members)
            {
                ThrowIfApart(path, model.Path, models[0].Members[0], member);
            }
        }
    }

    /// <summary>Rejects a model that cannot predict together with another: their curves and features must be the same.</summary>
    public static void ThrowIfApart(string path, string who, ModelDescription first, ModelDescription other)
    {
        List<string> differences = [];
        if (!first.Scheme.HasSameCurves(other.Scheme))
        {
            differences.Add($"emotions: expected {first.Scheme}, found {other.Scheme}");
        }

        AddDifference(differences, "rate", FormattableString.Invariant($"{first.Rate} Hz"), FormattableString.Invariant($"{other.Rate} Hz"));
        AddDifference(differences, "visual encoder", NameOf(first.VisualEncoder), NameOf(other.VisualEncoder));
        AddDifference(differences, "audio encoder", NameOf(first.AudioEncoder), NameOf(other.AudioEncoder));
        if (differences.Count > 0)
        {
            throw new EnsembleMismatchException(
                path, $"the models of an ensemble must take the same features and give the same curves; {who} differs in {string.Join("; ", differences)}.");
        }
    }

    // The full hash: two weight files of one encoder are two encoders.
    private static string NameOf(EncoderIdentity? encoder) => encoder is null ? "none" : $"{encoder.Name} {encoder.WeightsSha256} {encoder.Settings}".TrimEnd();

    private static void AddDifference(List<string> differences, string what, string expected, string found)
    {
        if (expected != found)
        {
            differences.Add($"{what}: expected {expected}, found {found}");
        }
    }
}
