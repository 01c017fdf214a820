using System.Text;
using Evoke.Files;
using Evoke.Training.Recipes;

namespace Evoke.Training.Runs;

/// <summary>
/// The file <c>diverged.txt</c> of a run whose loss became NaN or infinite. Training it again would diverge again, so experiments with many runs skip it.
/// </summary>
/// <remarks>Thread-safe, but let only one thread at a time write to a folder.</remarks>
public static class DivergenceMark
{
    /// <summary>The error message of a run with exactly this recipe that diverged in the folder; null if there is none.</summary>
    public static string? Read(RunFolder folder, Recipe recipe) =>
        File.Exists(folder.Diverged) && File.Exists(folder.Recipe) && File.ReadAllText(folder.Recipe) == RecipeWriter.Write(recipe)
            ? File.ReadAllText(folder.Diverged).TrimEnd()
            : null;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(RunFolder folder, TrainingDivergedException error)
    {
        byte[] message = Encoding.UTF8.GetBytes(error.Message + "\n");
        AtomicFile.Write(folder.Diverged, stream => stream.Write(message));
    }
}
