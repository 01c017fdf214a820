using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Evoke.Datasets.Sets;
using Evoke.Files;
using Evoke.Training.Recipes;

namespace Evoke.Experiments.Folds;

/// <summary>Everything that determines the numbers of a cross-validation: <c>plan.json</c>. It is continued only with the same plan.</summary>
internal sealed record FoldPlan
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>The recipe in full.</summary>
    public required string Recipe { get; init; }

    /// <summary>Which epoch is used: "best" or "last".</summary>
    public required string Epoch { get; init; }

    /// <summary>True if the folds are predicted by a clock and a ridge, too.</summary>
    public required bool Baselines { get; init; }

    /// <summary>True if each fold finds its lag.</summary>
    public bool FindsLag { get; init; }

    /// <summary>The folds.</summary>
    public required ImmutableArray<Fold> Folds { get; init; }

    /// <summary>The videos with hashes of their labels and features.</summary>
    public required SetFingerprint Data { get; init; }

    /// <summary>Writes the plan, or checks that the one in the folder is the same.</summary>
    /// <exception cref="CrossValidationException">The folder has another plan; the message says what differs.</exception>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="catalog">The heads and losses that recipes may name.</param>
    public void Keep(string folder, TrainingCatalog catalog)
    {
        string path = Path.Combine(folder, "plan.json");
        byte[] own = JsonSerializer.SerializeToUtf8Bytes(this, s_json);
        if (!File.Exists(path))
        {
            AtomicFile.Write(path, stream => stream.Write(own));
            return;
        }

        byte[] found = File.ReadAllBytes(path);
        if (!found.AsSpan().SequenceEqual(own))
        {
            throw new CrossValidationException(
                $"{folder} holds a cross-validation {DifferenceFrom(Read(found, path), path, catalog)}. Choose another folder, or remove this one.");
        }
    }

    private static FoldPlan Read(byte[] json, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<FoldPlan>(json, s_json) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new CrossValidationException($"{path} cannot be read: {PlainMessage.Of(error)} Remove the folder, or choose another one.");
        }
    }

    private string DifferenceFrom(FoldPlan before, string path, TrainingCatalog catalog)
    {
        if (before.Recipe != Recipe)
        {
            return "of another recipe: " + RecipeDifferences.Of(before.Recipe, Recipe, catalog, path);
        }

        IReadOnlyList<string> changes = Data.ChangesFrom(before.Data, "data");
        return changes.Count > 0 ? $"of other data: {string.Join("; ", changes)}"
            : before.Epoch != Epoch ? $"that uses the {before.Epoch} epoch of each run, not the {Epoch} one"
            : before.Baselines != Baselines ? $"{(before.Baselines ? "with" : "without")} baselines"
            : before.FindsLag != FindsLag ? $"{(before.FindsLag ? "with" : "without")} a lag for each fold"
            : $"with {before.Folds.Length} folds that are other than these {Folds.Length}: "
                + "the seed, the groups, the number of folds or the share for validation changed";
    }
}
