using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evoke.Curves;
using Evoke.Files;

namespace Evoke.Training.Runs;

/// <summary>The inputs and progress of a run: run.json.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RunSummary
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>The version of Evoke that trained last.</summary>
    public string Evoke { get; init; } = "";

    /// <summary>The command line that started it, one entry per argument; empty if it was started from code.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>Why this recipe was chosen, where nobody named one; empty if somebody did.</summary>
    public string RecipeChoice { get; init; } = "";

    /// <summary>How the number of epochs was chosen by folds of the training videos, a sentence for each kind of head; empty if it was not.</summary>
    public ImmutableArray<string> EpochChoice { get; init; } = [];

    /// <summary>The model files of an ensemble's members, relative to the folder; empty for one model.</summary>
    public ImmutableArray<string> Members { get; init; } = [];

    /// <summary>"float32" or "bfloat16".</summary>
    public required string Precision { get; init; }

    /// <summary>Where labels and features are, with hashes of the label files.</summary>
    public RunSources Sources { get; init; } = new();

    /// <summary>Videos trained on.</summary>
    public int TrainingVideos { get; init; }

    /// <summary>Videos validated on.</summary>
    public int ValidationVideos { get; init; }

    /// <summary>Ids of videos that have labels but no features.</summary>
    public ImmutableArray<string> MissingVideos { get; init; } = [];

    /// <summary>Epochs done.</summary>
    public int Epochs { get; init; }

    /// <summary>True once the run is done.</summary>
    public bool Finished { get; init; }

    /// <summary>True if patience ended it.</summary>
    public bool StoppedEarly { get; init; }

    /// <summary>Epochs done at the best validation.</summary>
    public int BestEpoch { get; init; }

    /// <summary>Its scores, by name.</summary>
    public ImmutableSortedDictionary<string, double> BestScores { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Reads the summary of a run.</summary>
    /// <exception cref="RunFolderException">The folder has none, or it is damaged.</exception>
    public static RunSummary Read(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!File.Exists(folder.Summary))
        {
            throw new RunFolderException($"{folder.Path} is not the folder of a training run: it has no {Path.GetFileName(folder.Summary)}.");
        }

        try
        {
            return JsonSerializer.Deserialize<RunSummary>(File.ReadAllBytes(folder.Summary), Json) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new RunFolderException($"{folder.Summary} cannot be read: {PlainMessage.Of(error)}", error) { IsDamage = true };
        }
    }

    /// <summary>The summary of a run now.</summary>
    internal static RunSummary Of(RunSetup plan, RunState state) => new()
    {
        Evoke = EvokeVersion.Text,
        Command = [.. plan.Options.Command],
        Recipe = plan.Recipe.Name,
        Precision = state.Origin.Precision,
        Sources = plan.Options.Sources.WithFullPaths(),
        RecipeChoice = plan.Options.RecipeChoice,
        EpochChoice = [.. plan.Options.EpochChoice],
        TrainingVideos = plan.Train.Videos.Count,
        ValidationVideos = plan.Validation.Videos.Count,
        MissingVideos = [.. plan.MissingVideos],
        Epochs = state.Epoch,
        Finished = state.IsDone(plan.LastEpoch),
        StoppedEarly = state.StoppedEarly,
        BestEpoch = state.BestEpoch,
        BestScores = state.BestScores,
    };

    /// <summary>Writes the summary, whole or not at all.</summary>
    internal void Write(RunFolder folder) => AtomicFile.Write(folder.Summary, stream => JsonSerializer.Serialize(stream, this, Json));
}
