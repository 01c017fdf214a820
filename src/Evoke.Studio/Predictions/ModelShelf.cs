using Evoke.Heads;
using Evoke.Heads.ModelFiles;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>The models that can be chosen. Cards are read from the files' headers; a network is loaded when it is first used, by the one worker.</summary>
public sealed class ModelShelf : IDisposable
{
    private const string ModelEnding = ".safetensors";
    private readonly StudioOptions _options;
    private Predictor? _loaded;

    /// <summary>Looks for models in the folders of <paramref name="options"/>.</summary>
    public ModelShelf(StudioOptions options) => _options = options;

    /// <summary>Every model that can be chosen, the one without training first. A file that is no model is left out.</summary>
    public IReadOnlyList<ModelCard> Cards() => [ModelCards.Affect, .. Files().Select(file => CardOf(file.Key, file.Value)).OfType<ModelCard>()];

    /// <summary>The card of a model.</summary>
    /// <exception cref="StudioRequestException">There is none of this name (404).</exception>
    public ModelCard Card(string name) => Cards().FirstOrDefault(card => card.Name == name) ?? throw Unknown(name);

    /// <summary>The model, ready to predict; the last one used stays loaded, with its encoders. Only ever called by the worker.</summary>
    /// <exception cref="StudioRequestException">There is none of this name (404).</exception>
    internal Predictor Load(string name)
    {
        if (_loaded?.Model.Name == name)
        {
            return _loaded;
        }

        string nameOrPath = ReactionModels.BuiltIn.Contains(name) ? name : Files().TryGetValue(name, out string? path) ? path : throw Unknown(name);
        Predictor predictor = Predictor.Load(nameOrPath);
        _loaded?.Dispose();
        _loaded = predictor;
        return predictor;
    }

    /// <inheritdoc/>
    public void Dispose() => _loaded?.Dispose();

    private static ModelCard? CardOf(string name, string path)
    {
        try
        {
            using ModelFile file = ModelFile.Open(path);
            return ModelCards.Of(name, file);
        }
        catch (ModelFileException)
        {
            return null; // a folder of models may hold other safetensors files, such as backbones' weights
        }
    }

    private static StudioRequestException Unknown(string name) => new(StatusCodes.Status404NotFound, $"There is no model '{name}' here.");

    private SortedDictionary<string, string> Files()
    {
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string path in _options.ModelFolders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*" + ModelEnding)))
        {
            files.TryAdd(System.IO.Path.GetFileNameWithoutExtension(path), path);
        }

        return files;
    }
}
