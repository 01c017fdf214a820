using System.Globalization;
using System.Text.Json;
using Evoke.Datasets.Labels;

namespace Evoke.Training.Reports;

/// <summary>What the import of ratings, beside a label file, says of the raters.</summary>
/// <param name="Raters">How many there are and how their curves became one.</param>
/// <param name="Ceiling">The mean noise ceiling over videos and curves; null if it is not known.</param>
internal sealed record RaterNote(string Raters, string? Ceiling)
{
    private const string FileName = "import.json"; // written by 'evoke dataset import'

    /// <summary>The note of a label file; null if there is no import beside it, or if that cannot be understood.</summary>
    public static RaterNote? Of(LabelFile? labels)
    {
        string? folder = labels is null ? null : Path.GetDirectoryName(Path.GetFullPath(labels.Path));
        string? path = folder is null ? null : Path.Combine(folder, FileName);
        if (path is null || !File.Exists(path))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return Of(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or KeyNotFoundException)
        {
            return new RaterNote($"not known: {path} cannot be read ({error.Message})", null);
        }
    }

    private static RaterNote Of(JsonElement import)
    {
        int raters = import.GetProperty("raters").GetArrayLength();
        string gold = import.GetProperty("gold").GetString() ?? "";
        return new RaterNote(string.Create(CultureInfo.InvariantCulture, $"{raters}, joined by {gold}"), CeilingOf(import.GetProperty("agreement")));
    }

    private static string? CeilingOf(JsonElement agreement)
    {
        JsonElement[] curves = [.. agreement.EnumerateObject().SelectMany(video => video.Value.EnumerateObject()).Select(curve => curve.Value)];
        double[] low = Numbers(curves, "ceiling_low"), high = Numbers(curves, "ceiling_high");
        return low.Length == 0 || high.Length == 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"Pearson {low.Average():0.000} to {high.Average():0.000}, mean over videos and curves");
    }

    private static double[] Numbers(JsonElement[] curves, string name) =>
        [.. curves.Where(curve => curve.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number)
            .Select(curve => curve.GetProperty(name).GetDouble())];
}
