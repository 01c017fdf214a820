using System.Globalization;
using Evoke.Heads;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Studio.Errors;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>The available models. Model cards are read from the files' headers; a network is loaded on first use, by the analysis worker.</summary>
internal sealed class ModelShelf : IDisposable
{
    private readonly StudioOptions _options;
    private readonly ILogger<ModelShelf>? _log;
    private (Predictor Predictor, ModelCard Card, string Stamp)? _loaded;

    /// <summary>Searches for models in the folders of <paramref name="options"/>.</summary>
    public ModelShelf(StudioOptions options, ILogger<ModelShelf>? log = null) => (_options, _log) = (options, log);

    /// <summary>Every available model, the one that needs no training first. Files that are not models are skipped.</summary>
    public IReadOnlyList<ModelCard> Cards() => [ModelCard.Affect, .. Files().Select(file => CardOf(file.Key, file.Value)).OfType<ModelCard>()];

    /// <summary>The card of a model.</summary>
    /// <exception cref="StudioRequestException">There is none of this name (404).</exception>
    public ModelCard Card(string name) => Cards().FirstOrDefault(card => card.Name == name) ?? throw Unknown(name);

    /// <summary>Throws if there is no model of this name; whether its file is sound shows when it is loaded.</summary>
    /// <exception cref="StudioRequestException">There is none of this name (404).</exception>
    public void ThrowIfUnknown(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!ReactionModels.BuiltIn.Contains(name) && !Files().ContainsKey(name))
        {
            throw Unknown(name);
        }
    }

    /// <summary>True if the model's file has changed since a result was computed; false if it is missing, or if the model has no file.</summary>
    public bool HasChangedSince(ResultRecord result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Details.ModelStamp.Length > 0 && Files().TryGetValue(result.Model, out string? path) && StampOf(path) != result.Details.ModelStamp;
    }

    /// <summary>The model, ready to predict, its card, and its file's stamp. The last model used stays loaded, with its encoders, until its file changes.
    /// Called only by the worker.</summary>
    /// <exception cref="StudioRequestException">There is none of this name (404).</exception>
    internal (Predictor Predictor, ModelCard Card, string Stamp) Load(string name)
    {
        string? path = ReactionModels.BuiltIn.Contains(name) ? null : Files().TryGetValue(name, out string? found) ? found : throw Unknown(name);
        string stamp = path is null ? string.Empty : StampOf(path);
        if (_loaded is { } there && there.Card.Name == name && there.Stamp == stamp)
        {
            return there;
        }

        // The stamp is taken before the file is read: a file replaced meanwhile is read again next time.
        PredictorOptions options = new() { Head = new HeadModelOptions { Heads = _options.Heads }, Logger = _log };
        (Predictor, ModelCard, string) loaded = (Predictor.Load(path ?? name, options), Card(name), stamp);
        _loaded?.Predictor.Dispose();
        _loaded = loaded;
        return loaded;
    }

    /// <inheritdoc/>
    public void Dispose() => _loaded?.Predictor.Dispose();

    private static string StampOf(string path)
    {
        FileInfo file = new(path);
        return string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc:O}");
    }

    private ModelCard? CardOf(string name, string path)
    {
        try
        {
            using ModelFile file = ModelFile.Open(path, _options.Heads);
            return ModelCard.Of(name, file);
        }
        catch (ModelFileException)
        {
            return null; // a folder of models may hold other safetensors files, such as backbones' weights
        }
    }

    private static StudioRequestException Unknown(string name) => new(StatusCodes.Status404NotFound, $"There is no model '{RequestText.Short(name)}'.");

    private SortedDictionary<string, string> Files() => ModelFolders.Find(_options.ModelFolders);
}
