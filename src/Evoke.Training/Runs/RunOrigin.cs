using Evoke.Datasets.Sets;
using Evoke.Kernels.Torch;
using Evoke.Training.Recipes;

namespace Evoke.Training.Runs;

/// <summary>Everything that determines the numbers of a run. A run resumes only with the same origin.</summary>
internal sealed record RunOrigin
{
    /// <summary>The recipe in full.</summary>
    public required string Recipe { get; init; }

    /// <summary>The arithmetic: "float32" or "bfloat16".</summary>
    public required string Precision { get; init; }

    /// <summary>The training videos, with hashes of their labels and features.</summary>
    public required SetFingerprint Training { get; init; }

    /// <summary>The validation videos, with hashes of their labels and features.</summary>
    public required SetFingerprint Validation { get; init; }

    /// <summary>The origin of a run that is about to start.</summary>
    public static RunOrigin Of(RunSetup plan) => new()
    {
        Recipe = RecipeWriter.Write(plan.Recipe),
        Precision = PrecisionNames.NameOf(plan.Precision),
        Training = plan.Train.Fingerprint,
        Validation = plan.Validation.Fingerprint,
    };

    /// <summary>Checks that a checkpoint has this origin.</summary>
    /// <param name="found">The checkpoint's.</param>
    /// <param name="folder">Where it was found.</param>
    /// <param name="catalog">The heads and losses that recipes may name.</param>
    /// <exception cref="RunFolderException">It is not; the message names what differs.</exception>
    public void ThrowIfAnother(RunOrigin found, RunFolder folder, TrainingCatalog catalog)
    {
        if (found.Recipe != Recipe)
        {
            string differences = RecipeDifferences.Of(found.Recipe, Recipe, catalog, folder.Checkpoint);
            throw Refusal($"with another recipe: {differences}");
        }

        if (found.Precision != Precision)
        {
            throw Refusal($"in {found.Precision}, but this machine would continue in {Precision}");
        }

        string[] changes = [.. Training.ChangesFrom(found.Training, "training"), .. Validation.ChangesFrom(found.Validation, "validation")];
        if (changes.Length > 0)
        {
            throw Refusal($"on other data: {string.Join("; ", changes)}");
        }

        RunFolderException Refusal(string what) => new($"{folder.Path} holds a run {what}. Choose another folder, or remove this one.");
    }
}
