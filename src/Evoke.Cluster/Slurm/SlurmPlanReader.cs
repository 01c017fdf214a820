using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Evoke.Curves;
using Evoke.Encoders.Catalog;
using Evoke.Files.Yaml;
using Evoke.Training.Recipes;
using YamlDotNet.RepresentationModel;

namespace Evoke.Cluster.Slurm;

/// <summary>Reads plans: strict YAML; docs/cluster.md lists every key. Paths are relative to the plan's own folder.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static partial class SlurmPlanReader
{
    private static readonly EncoderCatalog Catalog = EncoderCatalog.CreateDefault();

    private const int MostTasks = 4_000_001; // Slurm's limit for arrays
    private const string AFile = "the path of a file";

    /// <summary>Reads a plan.</summary>
    /// <exception cref="SlurmPlanException">The plan has mistakes; the message lists all of them.</exception>
    /// <param name="path">The file.</param>
    /// <param name="training">The heads and losses that recipes may name; null for those that come with Evoke.</param>
    public static SlurmPlan Read(string path, TrainingCatalog? training = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new SlurmPlanException(path, ["there is no such file."]);
        }

        List<string> mistakes = [];
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        PlanSection root = new(Load(path), mistakes);
        SlurmResources usual = Resources(root, new SlurmResources("24:00:00", 1, null, []));
        SlurmPlan plan = new()
        {
            File = Path.GetFullPath(path),
            Name = Name(root),
            Out = Full(folder, root.Required("out", "the output folder")),
            Evoke = root.Texts("evoke", "the command that runs Evoke: a string or a list of words") is { Length: > 0 } command ? command : ThisProgram(),
            Manifest = root.Text("manifest", AFile) is { } manifest
                ? Existing(root, "manifest", Full(folder, manifest), File.Exists, "an existing file written by 'evoke dataset manifest'")
                : null,
            Videos = root.Text("videos", "the path of a folder") is { } videos
                ? Existing(root, "videos", Full(folder, videos), Directory.Exists, "an existing folder of videos")
                : null,
            Extract = Extract(root.Section("extract"), folder, usual, mistakes),
            Train = root.Has("train") ? Train(root.Section("train"), folder, usual, training ?? TrainingCatalog.Default, mistakes) : null,
        };
        if (plan.Manifest is null == plan.Videos is null)
        {
            mistakes.Add("manifest, videos: expected exactly one of the two.");
        }

        if (plan.Train is { } train)
        {
            plan = plan with { Ensemble = Ensemble(root.Section("ensemble"), folder, train, usual) };
        }

        root.Finish();
        return mistakes.Count == 0 ? plan : throw new SlurmPlanException(path, mistakes);
    }

    private static YamlMappingNode Load(string path)
    {
        using StreamReader reader = new(path);
        return YamlText.ReadKeys(reader, mistake => new SlurmPlanException(path, [mistake]));
    }

    private static string Name(PlanSection root)
    {
        const string expected = "a name for the jobs, made of letters, digits, '.', '_' and '-'";
        string name = root.Required("name", expected);
        if (name.Length > 0 && !JobName().IsMatch(name))
        {
            root.Mistake("name", expected);
        }

        return name;
    }

    private static ExtractStage Extract(PlanSection section, string folder, SlurmResources usual, List<string> mistakes)
    {
        int shards = section.Whole("shards", 1, 1, MostTasks);
        ExtractStage stage = new(
            Encoder(section, "visual", "visual-lld", Catalog.Visual, folder),
            Encoder(section, "audio", "audio-lld", Catalog.Audio, folder),
            new Rate(section.Positive("rate", 1)),
            shards,
            section.Whole("at_once", 0, 1, MostTasks) is > 0 and var atOnce ? atOnce : null,
            section.Texts("options", "additional options of 'evoke extract'"),
            Resources(section, usual));
        section.Finish();
        if (stage is { Visual: EncoderCatalog.None, Audio: EncoderCatalog.None })
        {
            mistakes.Add("extract: expected a visual or an audio encoder; found neither.");
        }

        if (shards > 1 && HasPrecision(stage) && !stage.Options.Any(option => option.StartsWith("--precision", StringComparison.Ordinal)))
        {
            mistakes.Add("extract.options: expected --precision with bfloat16 or float32, because different nodes would choose different precisions.");
        }

        return stage;
    }

    // Paths become absolute, because scripts run in their own folder.
    private static string Encoder<TEncoder>(PlanSection section, string key, string usual, EncoderShelf<TEncoder> shelf, string folder)
        where TEncoder : IDisposable
    {
        string name = section.Text(key, "an encoder's name, or none") ?? usual;
        if (name != EncoderCatalog.None && !shelf.Contains(name))
        {
            section.Mistake(key, $"{EncoderCatalog.None} or an encoder: {string.Join(", ", shelf.Entries.Select(entry => entry.Usage))}");
        }

        return shelf.WithFullPath(name, folder);
    }

    private static bool HasPrecision(ExtractStage stage) =>
        Catalog.Visual.HasPrecision(stage.Visual) || Catalog.Audio.HasPrecision(stage.Audio);

    private static TrainStage Train(PlanSection section, string folder, SlurmResources usual, TrainingCatalog training, List<string> mistakes)
    {
        string recipe = section.Text("recipe", "a recipe's name or file") ?? "paper";
        recipe = RecipeReader.BuiltIn.Contains(recipe) ? recipe : Full(folder, recipe);
        ImmutableArray<string> set = section.Texts("set", "a list of KEY=VALUE");
        int epochs = 0;
        try
        {
            epochs = RecipeReader.Read(recipe, training, set).Train.Epochs;
        }
        catch (RecipeException error)
        {
            mistakes.Add($"train.recipe: {error.Message}");
        }

        TrainStage stage = new(
            Label(section, "labels", folder),
            Label(section, "val_labels", folder),
            recipe,
            set,
            Seeds(section),
            section.Texts("options", "additional options of 'evoke train'"),
            Resources(section, usual))
        {
            Epochs = epochs,
        };
        section.Finish();
        return stage;
    }

    private static ImmutableArray<int> Seeds(PlanSection section)
    {
        ImmutableArray<string> texts = section.Texts("seeds", "a list of seeds, for example [1, 2, 3, 4]");
        int[] seeds =
        [
            .. texts.Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seed) && seed < MostTasks ? seed : -1),
        ];
        if (section.Has("seeds") && (seeds.Contains(-1) || seeds.Distinct().Count() != seeds.Length || seeds.Length == 0))
        {
            section.Mistake("seeds", "a list of different whole numbers, for example [1, 2, 3, 4]");
        }

        return seeds.Length == 0 ? [1, 2, 3, 4] : [.. seeds.Order()];
    }

    private static EnsembleStage Ensemble(PlanSection section, string folder, TrainStage train, SlurmResources usual)
    {
        string weights = section.Text("weights", "mean or fitted") ?? "mean";
        if (weights is not ("mean" or "fitted"))
        {
            section.Mistake("weights", "mean or fitted");
        }

        EnsembleStage stage = new(
            section.Has("labels") ? Label(section, "labels", folder) : train.ValLabels,
            section.Whole("top", 8, 1, 1000),
            weights,
            Resources(section, usual));
        section.Finish();
        return stage;
    }

    private static SlurmResources Resources(PlanSection section, SlurmResources usual)
    {
        PlanSection slurm = section.Section("slurm");
        SlurmResources resources = new(
            slurm.Text("time", "a time limit as sbatch takes it, for example 8:00:00") ?? usual.Time,
            slurm.Whole("cpus", usual.Cpus, 1, 4096),
            slurm.Text("memory", "memory as sbatch takes it, for example 8G") ?? usual.Memory,
            slurm.Texts("options", "additional options of sbatch, for example [--partition=gpu]") is { Length: > 0 } options ? options : usual.Options);
        slurm.Finish();
        return resources;
    }

    private static string Label(PlanSection section, string key, string folder)
    {
        string path = section.Required(key, "a CSV file in EEV's format");
        return path.Length == 0 ? "" : Existing(section, key, Full(folder, path), File.Exists, "an existing CSV file in EEV's format");
    }

    private static string Existing(PlanSection section, string key, string path, Func<string, bool> isThere, string expected)
    {
        if (!isThere(path))
        {
            section.Mistake(key, expected);
        }

        return path;
    }

    private static string Full(string folder, string path) => Path.GetFullPath(Path.Combine(folder, path));

    // With 'dotnet Evoke.Cli.dll' the process is dotnet; with the app host it is evoke itself.
    private static ImmutableArray<string> ThisProgram() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "Evoke.Cli.dll")]
        : [Environment.ProcessPath!];

    [GeneratedRegex("^[A-Za-z0-9._-]+$")]
    private static partial Regex JobName();
}
