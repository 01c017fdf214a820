using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Evoke.Encoders.Deep;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Encoders.Networks;
using Evoke.Encoders.Onnx;
using Evoke.Encoders.Weights;
using Evoke.Files;

namespace Evoke.Encoders.Catalog;

/// <summary>One encoder that can be requested by name.</summary>
/// <remarks>Immutable, and thread-safe if <see cref="Create"/> is.</remarks>
/// <typeparam name="TEncoder"><see cref="IVisualEncoder"/> or <see cref="IAudioEncoder"/>.</typeparam>
/// <param name="Name">Its name, for example "swin-l"; for an entry that takes an argument the part before the colon, for example "onnx".</param>
/// <param name="Summary">One line of help: what it is, how many numbers it gives, what it needs.</param>
/// <param name="Create">Creates it: loads its weights, so this may take a while and may throw an <see cref="EvokeException"/>.</param>
/// <param name="ArgumentName">What follows the colon, for example "FILE"; null if the entry takes nothing.</param>
public sealed record EncoderEntry<TEncoder>(string Name, string Summary, Func<EncoderRequest, TEncoder> Create, string? ArgumentName = null)
    where TEncoder : IDisposable
{
    /// <summary>True for an encoder whose numbers depend on the precision that it runs in: a network.</summary>
    public bool HasPrecision { get; init; }

    /// <summary>Numbers per step that it gives; null where its argument decides.</summary>
    public int? FeatureWidth { get; init; }

    /// <summary>What it takes, for lists: "224 x 224 pixels, one picture for each step".</summary>
    public string Input { get; init; } = "";

    /// <summary>Names of the published weights that it needs, see <see cref="WeightRegistry"/>; empty if it needs none, or takes them from its file.</summary>
    public ImmutableArray<string> WeightsNames { get; init; } = [];

    /// <summary>True if it has weights of its own and runs on a device.</summary>
    internal bool IsNetwork => HasPrecision || ArgumentName is not null || WeightsNames.Length > 0;

    /// <summary>How the name is written on a command line: "swin-l", "onnx:FILE".</summary>
    public string Usage => ArgumentName is null ? Name : $"{Name}:{ArgumentName}";
}

/// <summary>The encoders of one modality, by name, in the order in which they are listed.</summary>
/// <remarks>Thread-safe once all encoders are added.</remarks>
/// <typeparam name="TEncoder"><see cref="IVisualEncoder"/> or <see cref="IAudioEncoder"/>.</typeparam>
public sealed class EncoderShelf<TEncoder>
    where TEncoder : IDisposable
{
    internal const string File = "FILE";

    private readonly List<EncoderEntry<TEncoder>> _entries = [];

    internal EncoderShelf(string modality) => Modality = modality;

    /// <summary>"visual" or "audio".</summary>
    public string Modality { get; }

    /// <summary>All entries.</summary>
    public IReadOnlyList<EncoderEntry<TEncoder>> Entries => _entries;

    /// <summary>Adds an encoder.</summary>
    /// <exception cref="ArgumentException">The name is taken, empty or has a colon.</exception>
    public void Add(EncoderEntry<TEncoder> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (string.IsNullOrWhiteSpace(entry.Name) || entry.Name.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{entry.Name}' is not a valid encoder name: a name must not be empty or contain a colon.", nameof(entry));
        }

        if (_entries.Exists(known => known.Name == entry.Name))
        {
            throw new ArgumentException($"There is already a {Modality} encoder '{entry.Name}'.", nameof(entry));
        }

        _entries.Add(entry);
    }

    /// <summary>Adds an encoder that takes no argument.</summary>
    /// <exception cref="ArgumentException">The name is taken, empty or has a colon.</exception>
    public void Add(string name, string summary, Func<EncoderOptions, TEncoder> create) =>
        Add(new EncoderEntry<TEncoder>(name, summary, request => create(request.Options)));

    /// <summary>Makes the encoder that <paramref name="name"/> names.</summary>
    /// <param name="name">A name, or a name with an argument after a colon.</param>
    /// <param name="options">How it is to run; null for <see cref="EncoderOptions.Default"/>.</param>
    /// <exception cref="UnknownEncoderException">The name is unknown; the message lists the known ones.</exception>
    public TEncoder Create(string name, EncoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!TryFind(name, out EncoderEntry<TEncoder>? entry, out string argument))
        {
            throw new UnknownEncoderException(
                $"There is no {Modality} encoder '{name}'; available: {string.Join(", ", _entries.Select(known => known.Usage))}.");
        }

        return entry.Create(new EncoderRequest(name, argument, options ?? EncoderOptions.Default));
    }

    /// <summary>True if <paramref name="name"/> names an encoder whose numbers depend on the precision that it runs in. Loads nothing.</summary>
    public bool HasPrecision(string name) => TryFind(name, out EncoderEntry<TEncoder>? entry, out _) && entry.HasPrecision;

    /// <summary>True if <paramref name="name"/> names a network: an encoder that has weights and runs on a device. Loads nothing.</summary>
    public bool IsNetwork(string name) => TryFind(name, out EncoderEntry<TEncoder>? entry, out _) && entry.IsNetwork;

    /// <summary>Numbers per step that an encoder gives; null if the name is unknown, or if a file decides. Loads nothing.</summary>
    public int? WidthOf(string name) => TryFind(name, out EncoderEntry<TEncoder>? entry, out _) ? entry.FeatureWidth : null;

    /// <summary>True if <see cref="Create"/> would find <paramref name="name"/>. Loads nothing.</summary>
    public bool Contains(string name) => TryFind(name, out _, out _);

    /// <summary>The name with the file in it, if it has one, as a whole path: for work that runs in another folder.</summary>
    /// <param name="name">A name, or a name with an argument after a colon; an unknown one is returned unchanged.</param>
    /// <param name="folder">What a relative path is relative to.</param>
    public string WithFullPath(string name, string folder) =>
        TryFind(name, out EncoderEntry<TEncoder>? entry, out string argument) && entry.ArgumentName == File
            ? $"{entry.Name}:{Path.GetFullPath(Path.Combine(folder, argument))}"
            : name;

    private bool TryFind(string name, [NotNullWhen(true)] out EncoderEntry<TEncoder>? entry, out string argument)
    {
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        string key = colon < 0 ? name : name[..colon];
        argument = colon < 0 ? "" : name[(colon + 1)..];
        entry = _entries.Find(known => known.Name == key);
        return entry is not null && (entry.ArgumentName is null ? colon < 0 : argument.Length > 0);
    }
}

/// <summary>Every encoder that can be requested by name: <c>--visual NAME</c>, <c>--audio NAME</c>, and those that a model file names.</summary>
/// <remarks>Thread-safe once all encoders are added.</remarks>
public sealed class EncoderCatalog
{
    /// <summary>The name that leaves a modality out, in place of an encoder's name.</summary>
    public const string None = "none";

    /// <summary>Encoders of the picture.</summary>
    public EncoderShelf<IVisualEncoder> Visual { get; } = new("visual");

    /// <summary>Encoders of the sound.</summary>
    public EncoderShelf<IAudioEncoder> Audio { get; } = new("audio");

    /// <summary>Makes the visual encoder that <paramref name="name"/> names.</summary>
    /// <exception cref="UnknownEncoderException">The name is unknown; the message lists the known ones.</exception>
    public IVisualEncoder CreateVisual(string name, EncoderOptions? options = null) => Visual.Create(name, options);

    /// <summary>Makes the audio encoder that <paramref name="name"/> names.</summary>
    /// <exception cref="UnknownEncoderException">The name is unknown; the message lists the known ones.</exception>
    public IAudioEncoder CreateAudio(string name, EncoderOptions? options = null) => Audio.Create(name, options);

    /// <summary>A catalog of the encoders that come with Evoke; a program may add its own. Loads nothing.</summary>
    public static EncoderCatalog CreateDefault()
    {
        // One line for each encoder: this is the list that users see.
        EncoderCatalog catalog = new();
        catalog.Visual.Add(new EncoderEntry<IVisualEncoder>(
            VisualLowLevelEncoder.Name,
            $"low-level descriptors: light, colour, detail, motion, cuts; {VisualLowLevelEncoder.Descriptors.Count} numbers, no weights",
            _ => new VisualLowLevelEncoder())
        {
            FeatureWidth = VisualLowLevelEncoder.Descriptors.Count,
            Input = "112 x 64 pixels, 6 pictures per second or more",
        });
        catalog.Audio.Add(new EncoderEntry<IAudioEncoder>(
            AudioLowLevelEncoder.Name,
            $"low-level descriptors: loudness, spectrum, onsets, pitch, mel levels; {AudioLowLevelEncoder.Descriptors.Count} numbers, no weights",
            _ => new AudioLowLevelEncoder())
        {
            FeatureWidth = AudioLowLevelEncoder.Descriptors.Count,
            Input = "16 kHz, the sound of each step",
        });
        foreach (Backbone backbone in WeightRegistry.Backbones)
        {
            string width = $"{backbone.FeatureWidth} numbers";
            string picture = string.Create(CultureInfo.InvariantCulture, $"{backbone.Picture.Size} x {backbone.Picture.Size} pixels, a picture for each step");
            catalog.Visual.Add(new EncoderEntry<IVisualEncoder>(
                backbone.Name, $"{backbone.Title}; {width}", request => DeepVisualEncoder.Load(backbone, request.Options))
            {
                HasPrecision = true,
                FeatureWidth = backbone.FeatureWidth,
                Input = picture,
                WeightsNames = [backbone.Name],
            });
            if (backbone.HasNormalisedForm)
            {
                catalog.Visual.Add(new EncoderEntry<IVisualEncoder>(
                    backbone.NormalisedName,
                    $"{backbone.Title}, features scaled to length 1; {width}",
                    request => DeepVisualEncoder.Load(backbone, request.Options, normalise: true))
                {
                    HasPrecision = true,
                    FeatureWidth = backbone.FeatureWidth,
                    Input = picture,
                    WeightsNames = [backbone.Name],
                });
            }
        }

        foreach (VggishOptions vggish in VggishOptions.All)
        {
            catalog.Audio.Add(new EncoderEntry<IAudioEncoder>(
                vggish.EncoderName, $"{vggish.Title}; {VggishNetwork.EmbeddingWidth} numbers", request => VggishEncoder.Load(vggish, request.Options))
            {
                HasPrecision = true,
                FeatureWidth = VggishNetwork.EmbeddingWidth,
                Input = $"16 kHz, 0.96 s {(vggish.Hop == VggishHop.Step ? "from each step's start" : "after each other")}",
                WeightsNames = vggish.Postprocess ? [VggishEncoder.WeightsName, VggishEncoder.PcaWeightsName] : [VggishEncoder.WeightsName],
            });
        }

        PresetEncoders.AddTo(catalog);
        catalog.Visual.Add(new EncoderEntry<IVisualEncoder>(
            "onnx",
            "any network of pictures or clips, from an ONNX file; FILE may end in #OUTPUT, FILE.json says what the file does not",
            OnnxVisualEncoder.Create,
            EncoderShelf<IVisualEncoder>.File)
        {
            Input = "the network's own",
        });
        catalog.Audio.Add(new EncoderEntry<IAudioEncoder>(
            "onnx",
            "any network of samples or spectrograms, from an ONNX file; FILE may end in #OUTPUT, FILE.json says what the file does not",
            OnnxAudioEncoder.Create,
            EncoderShelf<IAudioEncoder>.File)
        {
            Input = "the network's own",
        });
        return catalog;
    }
}

/// <summary>The catalog has no encoder of the requested name.</summary>
public sealed class UnknownEncoderException : EvokeException
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    /// <summary>Creates the error.</summary>
    public UnknownEncoderException(string message)
        : base(message)
    {
    }
}
