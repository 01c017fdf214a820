using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Evoke.Curves;
using Evoke.Features;
using Evoke.Files;
using Evoke.Heads.Inputs;
using Evoke.Heads.Networks;

namespace Evoke.Heads.ModelFiles;

/// <summary>Everything about a trained model except its weights: its inputs, its outputs, and how it was trained.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record ModelDescription
{
    private const string RecipeNameKey = "name:";

    /// <summary>The names of the curves, in column order.</summary>
    public required ImmutableArray<string> Emotions { get; init; }

    /// <summary>
    /// The range of each curve, in column order; null if all are from 0 to 1, as in files of Evoke's first versions. The head gives shares of these ranges,
    /// from 0 to 1; the model converts them: low + share * (high - low).
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CurveRange>? Ranges { get; init; }

    /// <summary>Steps per second of the features it takes and of the curves it gives (Hz), as the file says it; <see cref="FindMistakes"/> checks
    /// it.</summary>
    [JsonPropertyName("rate")]
    public required double RateHertz { get; init; }

    /// <summary>Steps per second of the features it takes and of the curves it gives.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="RateHertz"/> is not finite and above 0.</exception>
    [JsonIgnore]
    public Rate Rate => new(RateHertz);

    /// <summary>Steps of a clip; null for a head that takes whole videos. The paper's is 60.</summary>
    public int? ClipSteps { get; init; } = 60;

    /// <summary>The encoder of the visual features; null for a head without visual input.</summary>
    public EncoderIdentity? VisualEncoder { get; init; }

    /// <summary>The encoder of the audio features; null for a head without audio input.</summary>
    public EncoderIdentity? AudioEncoder { get; init; }

    /// <summary>What is made of the visual features before they are normalised; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeatureExpansion? VisualExpansion { get; init; }

    /// <summary>What is made of the audio features before they are normalised; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeatureExpansion? AudioExpansion { get; init; }

    /// <summary>How features are normalised before the head.</summary>
    public FeatureNormalisation Normalisation { get; init; }

    /// <summary>The position feature; null for none.</summary>
    public PositionFeature? Position { get; init; }

    /// <summary>The head.</summary>
    public required HeadConfig Head { get; init; }

    /// <summary>The recipe that it was trained with, as text; empty if unknown.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>The name in the recipe; empty if unknown.</summary>
    [JsonIgnore]
    public string RecipeName =>
        Recipe.Split('\n').FirstOrDefault(line => line.StartsWith(RecipeNameKey, StringComparison.Ordinal))?[RecipeNameKey.Length..].Trim(' ', '\r', '\'', '"')
            ?? "";

    /// <summary>What it was trained and scored on, in a sentence; empty if unknown.</summary>
    public string TrainedOn { get; init; } = "";

    /// <summary>Its scores by name, for example "pearson": written in the order of the names.</summary>
    public ImmutableSortedDictionary<string, double> Scores { get; init; } = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>The names and ranges of the curves as a scheme.</summary>
    [JsonIgnore]
    public EmotionScheme Scheme => new(Emotions, Ranges);

    /// <summary>Values per step before the position is appended: what the visual encoder gives, or its expansion; 0 for a head without visual input.</summary>
    [JsonIgnore]
    public int VisualFeatureWidth => FeatureWidth(Head.VisualWidth);

    /// <summary>Values per step before the position is appended: what the audio encoder gives, or its expansion; 0 for a head without audio input.</summary>
    [JsonIgnore]
    public int AudioFeatureWidth => FeatureWidth(Head.AudioWidth);

    /// <summary>The ranges of a scheme as a description has them: null if all are from 0 to 1 and without a unit.</summary>
    public static IReadOnlyList<CurveRange>? RangesOf(EmotionScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        return scheme.Ranges.All(range => range == CurveRange.ZeroToOne) ? null : scheme.Ranges;
    }

    /// <summary>All mistakes in the description; empty if there are none.</summary>
    public IReadOnlyList<string> FindMistakes()
    {
        List<string> mistakes = [];
        FindSchemeMistakes(mistakes);
        if (!Rate.TryCreate(RateHertz, out _))
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"the rate must be above 0 Hz; found {RateHertz}"));
        }

        if (ClipSteps is < 1)
        {
            mistakes.Add($"a clip must have at least 1 step; found {ClipSteps}");
        }

        if (Position is { UnitSeconds: var unit } && (!double.IsFinite(unit) || unit <= 0))
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"the unit of the position must be above 0 s; found {unit}"));
        }

        FindHeadMistakes(mistakes);
        return mistakes;
    }

    private int FeatureWidth(int inputWidth) => inputWidth == 0 || Position is null ? inputWidth : inputWidth - 1;

    private void FindSchemeMistakes(List<string> mistakes)
    {
        try
        {
            _ = new EmotionScheme(Emotions.IsDefault ? [] : Emotions, Ranges);
        }
        catch (ArgumentException error)
        {
            mistakes.Add(PlainMessage.Of(error));
        }
    }

    private void FindHeadMistakes(List<string> mistakes)
    {
        try
        {
            Head.Validate();
        }
        catch (HeadConfigException error)
        {
            mistakes.Add(error.Message);
            return;
        }

        if (!Emotions.IsDefault && Head.Emotions != Emotions.Length)
        {
            mistakes.Add($"the head gives {Head.Emotions} curves for {Emotions.Length} emotions");
        }

        FindModalityMistakes(mistakes, "visual", VisualEncoder, Head.VisualWidth, VisualFeatureWidth);
        FindExpansionMistakes(mistakes, "visual", VisualExpansion, VisualFeatureWidth);
        FindModalityMistakes(mistakes, "audio", AudioEncoder, Head.AudioWidth, AudioFeatureWidth);
        FindExpansionMistakes(mistakes, "audio", AudioExpansion, AudioFeatureWidth);
    }

    private static void FindExpansionMistakes(List<string> mistakes, string modality, FeatureExpansion? expansion, int featureWidth)
    {
        if (expansion is null)
        {
            return;
        }

        string[] found = [.. expansion.FindMistakes(modality)];
        mistakes.AddRange(found);
        if (found.Length == 0 && expansion.Width != featureWidth)
        {
            mistakes.Add($"the expansion of the {modality} features gives {expansion.Width} numbers; the head takes {featureWidth}");
        }
    }

    private static void FindModalityMistakes(List<string> mistakes, string modality, EncoderIdentity? encoder, int inputWidth, int featureWidth)
    {
        if ((encoder is null) != (inputWidth == 0))
        {
            mistakes.Add($"the head's {modality} input is {inputWidth} wide and the {modality} encoder is {encoder?.ToString() ?? "none"}");
        }
        else if (encoder is not null && featureWidth < 1)
        {
            mistakes.Add($"the head's {modality} input has room only for the position, not for features");
        }
    }
}
