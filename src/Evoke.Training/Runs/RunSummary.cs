using System.Collections.Immutable;
using System.Text.Json;
using Evoke.Files;

namespace Evoke.Training.Runs;

/// <summary>What a run was made from and how far it has come: run.json.</summary>
public sealed record RunSummary
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>"float32" or "bfloat16".</summary>
    public required string Precision { get; init; }

    /// <summary>Paths of labels and features, by name.</summary>
    public ImmutableSortedDictionary<string, string> Sources { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Videos trained on.</summary>
    public int TrainingVideos { get; init; }

    /// <summary>Videos validated on.</summary>
    public int ValidationVideos { get; init; }

    /// <summary>Ids of videos that have labels and no features.</summary>
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
            throw new RunFolderException($"{folder.Path} is no folder of a training run: it has no {Path.GetFileName(folder.Summary)}.");
        }

        try
        {
            return JsonSerializer.Deserialize<RunSummary>(File.ReadAllBytes(folder.Summary), Json) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new RunFolderException($"{folder.Summary} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Writes the summary, whole or not at all.</summary>
    internal void Write(RunFolder folder) => AtomicFile.Write(folder.Summary, stream => JsonSerializer.Serialize(stream, this, Json));
}
