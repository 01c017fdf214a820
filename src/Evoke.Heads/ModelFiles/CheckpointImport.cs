using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Heads.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Tensors;
using Evoke.Tensors.AnyFormat;

namespace Evoke.Heads.ModelFiles;

/// <summary>Imports heads trained by the code of the paper's authors (<c>ckpt.pth.tar</c>): the head follows from the tensors, the rest is given by the
/// caller.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CheckpointImport
{
    /// <summary>The emotions of the curves; their number must be the checkpoint's.</summary>
    public EmotionScheme Scheme { get; init; } = EmotionScheme.Eev;

    /// <summary>Steps per second that the head was trained at (Hz).</summary>
    public Rate Rate { get; init; } = new(1);

    /// <summary>Steps of a clip that the head was trained on.</summary>
    public int ClipSteps { get; init; } = 60;

    /// <summary>The encoder of the visual features that it was trained on; null for a head without visual input.</summary>
    public EncoderIdentity? VisualEncoder { get; init; }

    /// <summary>The encoder of the audio features that it was trained on; null for a head without audio input.</summary>
    public EncoderIdentity? AudioEncoder { get; init; }

    /// <summary>Numbers per step that <see cref="VisualEncoder"/> gives, which must be what the head takes; null if that is not known.</summary>
    public int? VisualFeatureWidth { get; init; }

    /// <summary>Numbers per step that <see cref="AudioEncoder"/> gives, which must be what the head takes; null if that is not known.</summary>
    public int? AudioFeatureWidth { get; init; }

    /// <summary>Normalisation of the features outside their encoders.</summary>
    public FeatureNormalisation Normalisation { get; init; }

    /// <summary>Reads a checkpoint: any tensor file with the authors' names, see <see cref="InnerStateDict"/>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The model, to be written with <see cref="ModelFile.Write"/>.</returns>
    /// <exception cref="TensorFileException">The file cannot be read, or is not a tensor file.</exception>
    /// <exception cref="RepeatedWeightsException">The file has the head more than once.</exception>
    /// <exception cref="UnknownHeadException">The tensors are not those of a known head.</exception>
    /// <exception cref="WeightsMismatchException">The tensors do not exactly match the head that they appear to be; the message lists the
    /// differences.</exception>
    /// <exception cref="ModelDescriptionException">The head does not fit the scheme or the encoders.</exception>
    public ModelContent Read(string path)
    {
        using TensorFile file = WeightFile.Open(path);
        IStateDict tensors = HeadShapes.FindHead(new TensorFileStateDict(file), path);
        HeadConfig head = HeadShapes.Infer(tensors, path);
        head.CheckWeights(tensors, path);
        ModelDescription description = Describe(head, file);
        string[] mistakes =
        [
            .. description.FindMistakes(),
            .. WidthMistake("visual", VisualEncoder, VisualFeatureWidth, description.VisualFeatureWidth),
            .. WidthMistake("audio", AudioEncoder, AudioFeatureWidth, description.AudioFeatureWidth),
        ];
        return mistakes.Length > 0
            ? throw new ModelDescriptionException(path, $"it cannot be imported with these settings: {string.Join("; ", mistakes)}.")
            : new ModelContent { Description = description, Weights = [.. head.Parameters.Select(spec => new NamedWeights(spec, Values(tensors, spec)))] };
    }

    private static float[] Values(IStateDict tensors, ParameterSpec spec)
    {
        float[] values = new float[spec.Count];
        tensors.Read(spec.Name, values);
        return values;
    }

    private static IEnumerable<string> WidthMistake(string modality, EncoderIdentity? encoder, int? given, int taken) =>
        encoder is not null && given is { } width && taken > 0 && width != taken
            ? [$"the head takes {taken} {modality} features; {encoder.Name} gives {width}"]
            : [];

    private ModelDescription Describe(HeadConfig head, TensorFile file) => new()
    {
        Emotions = Scheme.Names,
        Ranges = ModelDescription.RangesOf(Scheme),
        RateHertz = Rate.Hertz,
        ClipSteps = ClipSteps,
        VisualEncoder = VisualEncoder,
        AudioEncoder = AudioEncoder,
        Normalisation = Normalisation,
        Head = head,
        Recipe = $"# Imported from {Path.GetFileName(file.Path)}{(file.Metadata.TryGetValue("epoch", out string? epoch) ? $", epoch {epoch}" : "")}.\n",
        Scores = Score(file),
    };

    private static ImmutableSortedDictionary<string, double> Score(TensorFile file)
    {
        ImmutableSortedDictionary<string, double> scores = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);
        return file.Metadata.TryGetValue("best_corr", out string? text)
            && double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double best)
            ? scores.Add("pearson", best)
            : scores;
    }
}
