using System.Text.Json;
using Evoke.Files;
using Evoke.Heads.Inputs;
using Evoke.Heads.Networks;
using Evoke.Tensors;
using Evoke.Tensors.SafeTensors;

namespace Evoke.Heads.ModelFiles;

/// <summary>An open model file: one model, or several that predict together. Opening checks everything and creates no tensor.</summary>
/// <remarks>A safetensors file: the head's tensors under the authors' names ("members.N." before them in an ensemble), a JSON description in the
/// metadata. Reading is thread-safe; disposing is not.</remarks>
public sealed class ModelFile : IDisposable
{
    private const int TensorsInMessages = 12;

    private readonly SafeTensorsFile _file;

    private ModelFile(SafeTensorsFile file, IReadOnlyList<ModelDescription> members, bool isEnsemble)
    {
        _file = file;
        Members = members;
        IsEnsemble = isEnsemble;
    }

    /// <summary>Where the file is.</summary>
    public string Path => _file.Path;

    /// <summary>The models in it: one, or those of an ensemble. All have the same emotions, rate and encoders.</summary>
    public IReadOnlyList<ModelDescription> Members { get; }

    /// <summary>True for an ensemble, even of one model.</summary>
    public bool IsEnsemble { get; }

    /// <summary>Opens a file and checks all of it: version, description, and that the tensors are exactly those of the description, by name, shape and
    /// type.</summary>
    /// <param name="path">The file.</param>
    /// <param name="heads">The heads that it may name; null for those that come with Evoke.</param>
    /// <exception cref="TensorFileException">It cannot be read, or is not an intact safetensors file.</exception>
    /// <exception cref="ModelFileException">It is not a model, names a head that is not in the catalog, or contradicts itself; the derived type says
    /// which.</exception>
    public static ModelFile Open(string path, HeadCatalog? heads = null)
    {
        SafeTensorsFile file = SafeTensorsFile.Open(path);
        try
        {
            bool isEnsemble = ReadFormat(file);
            ModelDescription[] members = ReadDescriptions(file, isEnsemble, heads ?? HeadCatalog.Default);
            ModelFile model = new(file, members, isEnsemble);
            model.CheckDescriptions();
            model.CheckTensors();
            return model;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes one model; the same model gives the same bytes. Written under a temporary name, then renamed.</summary>
    /// <exception cref="ModelDescriptionException">The description has mistakes; the message lists them.</exception>
    /// <exception cref="ModelTensorsException">The tensors are not those of the description.</exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(string path, ModelContent content) => ModelFileWriter.Write(path, content);

    /// <summary>Joins models into one file that predicts with all of them; ensembles among them contribute their members.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="models">Open files of models with the same emotions, rate and encoders.</param>
    /// <param name="emotionWeights">Row-major [members, emotions]: the share of each member in each curve, not negative, columns summing to 1; null for a
    /// plain mean.</param>
    /// <exception cref="EnsembleMismatchException">The models do not fit together.</exception>
    /// <exception cref="ArgumentException">There is no model, or the weights are of another size or not shares.</exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void WriteEnsemble(string path, IReadOnlyList<ModelFile> models, float[]? emotionWeights = null) =>
        EnsembleFileWriter.Write(path, models, emotionWeights);

    /// <summary>Rejects models that <see cref="WriteEnsemble"/> would reject, before any work is done.</summary>
    /// <param name="path">The file that they are for.</param>
    /// <param name="models">Open files, at least one.</param>
    /// <exception cref="EnsembleMismatchException">The models do not fit together.</exception>
    /// <exception cref="ArgumentException">There is no model.</exception>
    public static void ThrowIfNoEnsemble(string path, IReadOnlyList<ModelFile> models) => EnsembleFileWriter.ThrowIfApart(path, models);

    /// <summary>Creates the head of a member with its weights from the file.</summary>
    /// <param name="member">Which, from 0.</param>
    public ReactionHead CreateHead(int member = 0)
    {
        ReactionHead head = Members[member].Head.Create(InitialWeights.Zero);
        head.ReadWeights(new PrefixedTensors(_file, PrefixOf(member)));
        return head;
    }

    /// <summary>The visual input of a member; null for one without visual input.</summary>
    public ModalityInput? VisualInput(int member = 0) => Input(member, Members[member].VisualFeatureWidth, StatisticsNames.Visual);

    /// <summary>The audio input of a member; null for one without audio input.</summary>
    public ModalityInput? AudioInput(int member = 0) => Input(member, Members[member].AudioFeatureWidth, StatisticsNames.Audio);

    /// <summary>The share of each member in each curve, row-major [members, emotions]; null for a plain mean.</summary>
    /// <exception cref="ModelTensorsException">They are not shares: negative, or not summing to 1.</exception>
    public float[]? ReadEmotionWeights()
    {
        if (!_file.Tensors.ContainsKey(ModelFileLayout.EmotionWeightsName))
        {
            return null;
        }

        float[] weights = _file.ReadFloats(ModelFileLayout.EmotionWeightsName);
        return EnsembleShares.FindMistake(weights, Members.Count, Members[0].Emotions.Length) is { } mistake
            ? throw new ModelTensorsException(Path, $"{ModelFileLayout.EmotionWeightsName} is damaged: {mistake}")
            : weights;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>The tensors of a member, to be copied into another file.</summary>
    internal IEnumerable<TensorSource> TensorsOf(int member, string newPrefix) => ModelFileLayout.TensorsOf(Members[member]).Select(spec =>
    {
        string name = PrefixOf(member) + spec.Name;
        return TensorSource.FromStream(newPrefix + spec.Name, DType.F32, spec.Shape, stream => CopyBytes(name, stream));
    });

    private static bool ReadFormat(SafeTensorsFile file)
    {
        if (!file.Metadata.TryGetValue(ModelFileLayout.FormatKey, out string? format)
            || format is not (ModelFileLayout.ModelFormat or ModelFileLayout.EnsembleFormat))
        {
            throw new NotAModelFileException(
                file.Path,
                $"this is not an Evoke model: its metadata has {(format is null ? "no" : $"'{format}' as")} {ModelFileLayout.FormatKey}; "
                + "expected 'model' or 'ensemble'.");
        }

        string version = file.Metadata.GetValueOrDefault(ModelFileLayout.VersionKey, "");
        return version == ModelFileLayout.Version
            ? format == ModelFileLayout.EnsembleFormat
            : throw new ModelFileVersionException(file.Path, $"its layout has version '{version}'; this program reads version {ModelFileLayout.Version}.");
    }

    private static ModelDescription[] ReadDescriptions(SafeTensorsFile file, bool isEnsemble, HeadCatalog heads)
    {
        if (!file.Metadata.TryGetValue(ModelFileLayout.DescriptionKey, out string? json))
        {
            throw new ModelDescriptionException(file.Path, $"its metadata has no {ModelFileLayout.DescriptionKey}.");
        }

        try
        {
            return isEnsemble
                ? JsonSerializer.Deserialize<ModelDescription[]>(json, ModelFileLayout.Json(heads)) ?? []
                : [JsonSerializer.Deserialize<ModelDescription>(json, ModelFileLayout.Json(heads)) ?? throw new JsonException("The description is null.")];
        }
        catch (UnregisteredHeadException error)
        {
            throw new UnknownHeadKindException(file.Path, error.Kind, heads);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new ModelDescriptionException(file.Path, $"its description cannot be read: {PlainMessage.Of(error)}", error);
        }
    }

    private void CheckDescriptions()
    {
        if (Members.Count == 0)
        {
            throw new ModelDescriptionException(Path, "the ensemble has no members.");
        }

        List<string> mistakes = [];
        for (int member = 0; member < Members.Count; member++)
        {
            string who = IsEnsemble ? $"member {member}: " : "";
            mistakes.AddRange(Members[member] is { } description ? description.FindMistakes().Select(mistake => who + mistake) : [$"{who}it is null"]);
        }

        if (mistakes.Count > 0)
        {
            throw new ModelDescriptionException(Path, $"its description is not valid: {string.Join("; ", mistakes)}.");
        }

        for (int member = 1; member < Members.Count; member++)
        {
            EnsembleFileWriter.ThrowIfApart(Path, $"member {member}", Members[0], Members[member]);
        }
    }

    private void CheckTensors()
    {
        Dictionary<string, ParameterSpec> wanted = new(StringComparer.Ordinal);
        for (int member = 0; member < Members.Count; member++)
        {
            foreach (ParameterSpec spec in ModelFileLayout.TensorsOf(Members[member]))
            {
                wanted.Add(PrefixOf(member) + spec.Name, spec);
            }
        }

        if (IsEnsemble && _file.Tensors.ContainsKey(ModelFileLayout.EmotionWeightsName))
        {
            wanted.Add(ModelFileLayout.EmotionWeightsName, new ParameterSpec(ModelFileLayout.EmotionWeightsName, Members.Count, Members[0].Emotions.Length));
        }

        List<string> problems = [];
        AddProblem(problems, "missing", wanted.Keys.Where(name => !_file.Tensors.ContainsKey(name)));
        AddProblem(problems, "unexpected", _file.Tensors.Keys.Where(name => !wanted.ContainsKey(name)));
        AddProblem(
            problems, "not as described",
            wanted.Where(entry => _file.Tensors.ContainsKey(entry.Key)).Select(entry => Disagreement(entry.Key, entry.Value)).OfType<string>());
        if (problems.Count > 0)
        {
            throw new ModelTensorsException(Path, $"its tensors do not match its description: {string.Join("; ", problems)}.");
        }
    }

    private string? Disagreement(string name, ParameterSpec spec)
    {
        TensorInfo found = _file.Tensors[name];
        return found.DType == DType.F32 && found.Shape.SequenceEqual(spec.Shape) ? null : $"{found}, expected F32 [{string.Join(", ", spec.Shape)}]";
    }

    private static void AddProblem(List<string> problems, string what, IEnumerable<string> names)
    {
        string[] all = [.. names.Order(StringComparer.Ordinal)];
        if (all.Length > 0)
        {
            string more = all.Length > TensorsInMessages ? $" and {all.Length - TensorsInMessages} more" : "";
            problems.Add($"{what}: {string.Join(", ", all.Take(TensorsInMessages))}{more}");
        }
    }

    private string PrefixOf(int member) => IsEnsemble ? ModelFileLayout.MemberPrefix(member) : "";

    private ModalityInput? Input(int member, int width, StatisticsNames names)
    {
        ModelDescription description = Members[member];
        return width == 0 ? null : new ModalityInput(width, description.Normalisation, ReadStatistics(member, names), description.Position);
    }

    private FeatureStatistics? ReadStatistics(int member, StatisticsNames names)
    {
        if (Members[member].Normalisation != FeatureNormalisation.Standardise)
        {
            return null;
        }

        try
        {
            return new FeatureStatistics(_file.ReadFloats(PrefixOf(member) + names.Mean), _file.ReadFloats(PrefixOf(member) + names.StandardDeviation));
        }
        catch (ArgumentException error)
        {
            throw new ModelTensorsException(
                Path, $"the statistics {PrefixOf(member)}{names.Mean} and {PrefixOf(member)}{names.StandardDeviation} are damaged: {PlainMessage.Of(error)}");
        }
    }

    private void CopyBytes(string name, Stream destination)
    {
        const int block = 1 << 20;
        long length = _file[name].ByteLength;
        for (long done = 0; done < length; done += block)
        {
            destination.Write(_file.GetBytes(name, done, (int)Math.Min(block, length - done)));
        }
    }
}
