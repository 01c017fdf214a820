using System.Text.Json;
using Evoke.Heads.Inputs;
using Evoke.Heads.Networks;
using Evoke.Tensors.SafeTensors;

namespace Evoke.Heads.ModelFiles;

/// <summary>Writes one model.</summary>
internal static class ModelFileWriter
{
    public static void Write(string path, ModelContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        IReadOnlyList<string> mistakes = content.Description.FindMistakes();
        if (mistakes.Count > 0)
        {
            throw new ModelDescriptionException(path, $"the model is not written because its description is not valid: {string.Join("; ", mistakes)}.");
        }

        List<NamedWeights> tensors = [.. content.Weights];
        AddStatistics(tensors, StatisticsNames.Visual, content.VisualStatistics);
        AddStatistics(tensors, StatisticsNames.Audio, content.AudioStatistics);
        CheckTensors(path, content.Description, tensors);
        SafeTensorsWriter.Write(
            path,
            Metadata(ModelFileLayout.ModelFormat, JsonSerializer.Serialize(content.Description, ModelFileLayout.Json(HeadCatalog.Default))),
            tensors.Select(tensor => TensorSource.FromFloats(tensor.Spec.Name, tensor.Spec.Shape, tensor.Values)));
    }

    public static Dictionary<string, string> Metadata(string format, string description) => new()
    {
        [ModelFileLayout.FormatKey] = format,
        [ModelFileLayout.VersionKey] = ModelFileLayout.Version,
        [ModelFileLayout.DescriptionKey] = description,
    };

    private static void AddStatistics(List<NamedWeights> tensors, StatisticsNames names, FeatureStatistics? statistics)
    {
        if (statistics is not null)
        {
            tensors.Add(new NamedWeights(new ParameterSpec(names.Mean, statistics.Width), statistics.Mean));
            tensors.Add(new NamedWeights(new ParameterSpec(names.StandardDeviation, statistics.Width), statistics.StandardDeviation));
        }
    }

    private static void CheckTensors(string path, ModelDescription description, List<NamedWeights> tensors)
    {
        string[] wanted = [.. ModelFileLayout.TensorsOf(description).Select(spec => spec.ToString())];
        string[] found = [.. tensors.Select(tensor => tensor.Spec.ToString())];
        string[] missing = [.. wanted.Except(found, StringComparer.Ordinal)];
        string[] unexpected = [.. found.Except(wanted, StringComparer.Ordinal)];
        if (missing.Length + unexpected.Length > 0)
        {
            throw new ModelTensorsException(
                path,
                $"the model is not written because its tensors do not match its description; missing: {string.Join(", ", missing)}; unexpected: "
                + $"{string.Join(", ", unexpected)}.");
        }
    }
}
