using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evoke.Heads.Inputs;
using Evoke.Heads.Networks;

namespace Evoke.Heads.ModelFiles;

/// <summary>The names inside a model file, in one place for the reader and the writer.</summary>
internal static class ModelFileLayout
{
    /// <summary>Metadata: "model" or "ensemble".</summary>
    public const string FormatKey = "evoke.format";

    /// <summary>Metadata: the version of the layout.</summary>
    public const string VersionKey = "evoke.version";

    /// <summary>Metadata: JSON of the <see cref="ModelDescription"/>, or of an array of them.</summary>
    public const string DescriptionKey = "evoke.description";

    public const string ModelFormat = "model";
    public const string EnsembleFormat = "ensemble";
    public const string Version = "1";

    /// <summary>In an ensemble with weighted members: [members, emotions], columns sum to 1.</summary>
    public const string EmotionWeightsName = "ensemble.emotion_weights";

    // Options keep what they learn about types, so there is one for each catalog.
    private static readonly ConditionalWeakTable<HeadCatalog, JsonSerializerOptions> s_json = [];

    /// <summary>How descriptions are read and written. Strict: an unknown key is an error, so that no setting is silently lost.</summary>
    /// <param name="heads">The heads that may be read.</param>
    public static JsonSerializerOptions Json(HeadCatalog heads) => s_json.GetValue(heads, known => new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Never put into HTML as it is; recipes stay readable.
        Converters = { new HeadConfigConverter(known) },
    });

    /// <summary>What the tensors of a member start with.</summary>
    public static string MemberPrefix(int member) => string.Create(CultureInfo.InvariantCulture, $"members.{member}.");

    /// <summary>The tensors that a model's file holds, without prefix: the head's, and the statistics of standardised features.</summary>
    public static IReadOnlyList<ParameterSpec> TensorsOf(ModelDescription description)
    {
        List<ParameterSpec> tensors = [.. description.Head.Parameters];
        if (description.Normalisation == FeatureNormalisation.Standardise)
        {
            AddStatistics(tensors, StatisticsNames.Visual, description.VisualFeatureWidth);
            AddStatistics(tensors, StatisticsNames.Audio, description.AudioFeatureWidth);
        }

        return tensors;
    }

    private static void AddStatistics(List<ParameterSpec> tensors, StatisticsNames names, int width)
    {
        if (width > 0)
        {
            tensors.Add(new ParameterSpec(names.Mean, width));
            tensors.Add(new ParameterSpec(names.StandardDeviation, width));
        }
    }
}

/// <summary>The names of one modality's statistics.</summary>
internal sealed record StatisticsNames(string Mean, string StandardDeviation)
{
    public static StatisticsNames Visual { get; } = new("normalisation.visual.mean", "normalisation.visual.standard_deviation");

    public static StatisticsNames Audio { get; } = new("normalisation.audio.mean", "normalisation.audio.standard_deviation");
}
