using System.Text;
using Evoke.Files;
using Evoke.Training.Recipes;

namespace Evoke.Training.Runs;

/// <summary>
/// What a run leaves whose loss became no number: <c>diverged.txt</c>. Training it again would end there again, so whoever trains many runs passes by.
/// </summary>
public static class DivergenceMark
{
    /// <summary>What was said when a run of this very recipe diverged in the folder; null if none did.</summary>
    public static string? Read(RunFolder folder, Recipe recipe) =>
        File.Exists(folder.Diverged) && File.Exists(folder.Recipe) && File.ReadAllText(folder.Recipe) == RecipeWriter.Write(recipe)
            ? File.ReadAllText(folder.Diverged).TrimEnd()
            : null;

    /// <summary>Leaves the mark, whole or not at all.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(RunFolder folder, TrainingDivergedException error)
    {
        byte[] message = Encoding.UTF8.GetBytes(error.Message + "\n");
        AtomicFile.Write(folder.Diverged, stream => stream.Write(message));
    }
}
