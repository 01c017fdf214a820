using Evoke.Files;
using Evoke.Heads.Affect;
using Evoke.Heads.Models;
using Evoke.Heads.Reactions;

namespace Evoke.Heads;

/// <summary>Finds a model by its name or path.</summary>
/// <remarks>Thread-safe: each call loads a model of its own.</remarks>
public static class ReactionModels
{
    /// <summary>The names of the models that need no file.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = [AffectModel.ModelName, PitchValenceModel.ModelName];

    /// <summary>Loads a model.</summary>
    /// <param name="nameOrPath">A name of <see cref="BuiltIn"/>, or the path of a model file; for a file named affect use "./affect".</param>
    /// <param name="options">How a trained head is to run; null for the defaults.</param>
    /// <exception cref="UnknownModelException">There is neither a model of this name nor such a file.</exception>
    /// <exception cref="EvokeException">The file is not an intact model, or the device is not available.</exception>
    public static IReactionModel Load(string nameOrPath, HeadModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        return nameOrPath switch
        {
            AffectModel.ModelName => new AffectModel(),
            PitchValenceModel.ModelName => new PitchValenceModel(),
            _ when File.Exists(nameOrPath) => HeadModel.Load(nameOrPath, options),
            _ => throw new UnknownModelException(nameOrPath),
        };
    }
}

/// <summary>The requested model is neither built in nor a file.</summary>
public sealed class UnknownModelException : EvokeException
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    /// <summary>Creates the error.</summary>
    /// <param name="nameOrPath">The requested model.</param>
    public UnknownModelException(string nameOrPath)
        : base($"'{nameOrPath}' is not a model: expected '{string.Join("' or '", ReactionModels.BuiltIn)}' or the path of a model file; {Found(nameOrPath)}.")
    {
    }

    private static string Found(string nameOrPath) =>
        Directory.Exists(nameOrPath) ? "this is a folder; a training run's model is the file best.safetensors in it" : "there is no such file";
}
