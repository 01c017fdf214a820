namespace Evoke.Training.Runs;

/// <summary>The files of one training run.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Path">The folder.</param>
public sealed record RunFolder(string Path)
{
    /// <summary>The recipe, every key with its value.</summary>
    public string Recipe => System.IO.Path.Combine(Path, "recipe.yaml");

    /// <summary>What the run was made from and how it ended, as JSON.</summary>
    public string Summary => System.IO.Path.Combine(Path, "run.json");

    /// <summary>The model that validated best.</summary>
    public string Best => System.IO.Path.Combine(Path, "best.safetensors");

    /// <summary>The model after the last validation.</summary>
    public string Last => System.IO.Path.Combine(Path, "last.safetensors");

    /// <summary>Runs of folds and of the members of an ensemble, each in a folder of its own.</summary>
    public string Members => System.IO.Path.Combine(Path, "members");

    /// <summary>The model after a validation, where models of all validations are kept.</summary>
    /// <param name="epochs">Epochs done.</param>
    internal string ModelAfter(int epochs) => System.IO.Path.Combine(Path, FormattableString.Invariant($"epoch-{epochs}.safetensors"));

    /// <summary>Everything that is needed to resume after the last validation.</summary>
    public string Checkpoint => System.IO.Path.Combine(Path, "checkpoint.safetensors");

    /// <summary>One row per epoch.</summary>
    public string Metrics => System.IO.Path.Combine(Path, "metrics.csv");

    /// <summary>Event files for TensorBoard.</summary>
    public string TensorBoard => System.IO.Path.Combine(Path, "tensorboard");

    /// <summary>The run as a page: curves over epochs, scores by emotion, the best and the worst videos.</summary>
    public string Report => System.IO.Path.Combine(Path, "report.html");

    /// <summary>The model card of the best model.</summary>
    public string Card => System.IO.Path.Combine(Path, "card.md");

    /// <summary>Exists if the loss became NaN or infinite; contains the error message.</summary>
    public string Diverged => System.IO.Path.Combine(Path, "diverged.txt");

    /// <summary>Locked while a run is in progress.</summary>
    public string Lock => System.IO.Path.Combine(Path, ".lock");
}
